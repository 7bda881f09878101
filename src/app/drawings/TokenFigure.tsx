/** A row of tiles and what follows from the boxed one: what it reads, what pours from it, and the candidates' bars. */
import { type ReactNode, useState } from 'react';
import type { Candidate, TokenView } from '../../contract/results.ts';
import { Candidates, type CandidateWords } from './Candidates.tsx';
import { Elbow, Ribbons } from './Pour.tsx';
import classes from './TokenFigure.module.css';
import { tileWidthOf } from './tile-width.ts';
import { useWidth } from './use-width.ts';

/** Where things lie, in pixels from the left edge of the figure. */
export interface TokenFrame {
  readonly width: number;
  readonly tileWidth: number;
  /** Middle of the boxed tile. */
  readonly middle: number;
  /** Right edge of the last tile. */
  readonly end: number;
  /** To be told how far the row of tiles is scrolled. */
  readonly onScroll: (left: number) => void;
}

interface TokenFigureProps {
  readonly tokens: readonly TokenView[];
  /** Tiles in the row. */
  readonly count: number;
  /** The boxed tile; −1 where there is none. */
  readonly selected: number;
  readonly tiles: (frame: TokenFrame) => ReactNode;
  /** Brackets and lines under the tiles. */
  readonly reading: (frame: TokenFrame) => ReactNode;
  /** Below the brackets, left and right. */
  readonly captions: ReactNode;
  /** What the boxed tile is predicted to be; undefined where there is nothing to show. */
  readonly candidates?: readonly Candidate[];
  /** Id of the token that really stands there. */
  readonly truth?: number;
  readonly vocabulary: number;
  readonly words: CandidateWords;
  /** Stands in place of the candidates where there are none. */
  readonly instead: ReactNode;
  /** Stands left of the candidates where there is room, below them where there is none. */
  readonly children?: ReactNode;
}

/** Below this width the ribbons become one elbow line. */
const ribbonsFrom = 620;

export function TokenFigure(props: TokenFigureProps) {
  const { tokens, count, selected, tiles, reading, captions } = props;
  const { candidates, truth, vocabulary, words, instead, children } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [scroll, onScroll] = useState(0);
  const tileWidth = tileWidthOf(tokens, count, width);
  const middle = Math.max(0, Math.min(width, (selected + 0.5) * tileWidth - scroll));
  const frame = { width, tileWidth, middle, end: Math.min(width, count * tileWidth - scroll), onScroll };
  const isWide = width >= ribbonsFrom;
  return (
    <div ref={ref} className={classes.figure} data-wide={isWide || undefined}>
      {tiles(frame)}
      <div className={classes.reading} aria-hidden="true">
        {reading(frame)}
      </div>
      <div className={classes.captions}>{captions}</div>
      <div className={classes.below}>
        {candidates ? (
          <>
            {isWide && <Ribbons {...{ candidates, truth, middle, tileWidth, width }} />}
            {!isWide && <Elbow middle={middle} />}
            <div className={classes.candidates}>
              <Candidates {...{ candidates, truth, vocabulary, words }} />
            </div>
          </>
        ) : (
          <div className={classes.instead}>{instead}</div>
        )}
        <div className={classes.side}>{children}</div>
      </div>
    </div>
  );
}
