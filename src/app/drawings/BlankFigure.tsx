/** The prompt with its blanks and what follows from it: tiles, both brackets, ribbons, and the bars of the boxed blank. */
import { type ReactNode, useState } from 'react';
import type { Blank, Candidate } from '../../contract/messages.ts';
import classes from './BlankFigure.module.css';
import { type BlankTile, BlankTiles } from './BlankTiles.tsx';
import { Candidates, type CandidateWords } from './Candidates.tsx';
import { Elbow, Ribbons } from './Pour.tsx';
import { tileWidthOf } from './tile-width.ts';
import { useWidth } from './use-width.ts';

export interface BlankWords extends CandidateWords {
  readonly tiles: string;
  readonly nameOf: (index: number) => string;
  /** Under the left bracket: 'reads 13 characters'. */
  readonly left: string;
  /** Under the right bracket, or under the dotted line where it sees nothing there. */
  readonly right: string;
  /** Said in place of bars where there is nothing to show. */
  readonly instead: string;
}

interface BlankFigureProps {
  readonly tiles: readonly BlankTile[];
  /** The boxed blank; −1 where there is none. */
  readonly selected: number;
  /** True where it reads what stands right of the blank. */
  readonly seesRight: boolean;
  readonly vocabulary: number;
  readonly onShow: (index: number) => void;
  readonly onToggle: (index: number) => void;
  readonly words: BlankWords;
  /** Stands left of the candidates where there is room, below them where there is none. */
  readonly children?: ReactNode;
}

/** Below this width the ribbons become one elbow line. */
const ribbonsFrom = 620;
const shownCandidates = 6;

export function BlankFigure(props: BlankFigureProps) {
  const { tiles, selected, seesRight, vocabulary, onShow, onToggle, words, children } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [scroll, setScroll] = useState(0);
  const tokens = tiles.map(({ token }) => token);
  const tileWidth = tileWidthOf(tokens, tiles.length, width);
  const blank = tiles[selected]?.blank;
  const middle = Math.max(0, Math.min(width, (selected + 0.5) * tileWidth - scroll));
  const end = Math.min(width, tiles.length * tileWidth - scroll);
  const isWide = width >= ribbonsFrom;
  return (
    <div ref={ref} className={classes.figure} data-wide={isWide || undefined}>
      <BlankTiles
        tiles={tiles}
        selected={selected}
        tileWidth={tileWidth}
        onShow={onShow}
        onToggle={onToggle}
        label={words.tiles}
        nameOf={words.nameOf}
        onScroll={setScroll}
      />
      <Reading {...{ selected, seesRight, tileWidth, middle, end }} />
      <div className={classes.captions}>
        <span>{selected > 0 ? words.left : ''}</span>
        <span>{selected >= 0 && selected < tiles.length - 1 ? words.right : ''}</span>
      </div>
      <div className={classes.below}>
        {blank ? (
          <Bars {...{ blank, vocabulary, words, isWide, middle, tileWidth, width }} />
        ) : (
          <p className={classes.instead}>{words.instead}</p>
        )}
        <div className={classes.side}>{children}</div>
      </div>
    </div>
  );
}

interface ReadingProps {
  readonly selected: number;
  readonly seesRight: boolean;
  readonly tileWidth: number;
  readonly middle: number;
  /** Right edge of the last tile. */
  readonly end: number;
}

/** Two brackets that meet at the blank; a dotted line where it sees nothing. */
function Reading({ selected, seesRight, tileWidth, middle, end }: ReadingProps) {
  const gap = tileWidth / 2 + 2;
  return (
    <div className={classes.reading} aria-hidden="true">
      {selected > 0 && <span className={classes.left} style={{ width: Math.max(0, middle - gap) }} />}
      {selected >= 0 && (
        <span
          className={seesRight ? classes.right : classes.unseen}
          style={{ left: middle + gap, width: Math.max(0, end - middle - gap) }}
        />
      )}
    </div>
  );
}

interface BarsProps {
  readonly blank: Blank;
  readonly vocabulary: number;
  readonly words: BlankWords;
  readonly isWide: boolean;
  readonly middle: number;
  readonly tileWidth: number;
  readonly width: number;
}

function Bars({ blank, vocabulary, words, isWide, middle, tileWidth, width }: BarsProps) {
  const candidates = listBlank(blank);
  const truth = blank.truth?.token.id;
  const rest = Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0));
  return (
    <>
      {isWide && <Ribbons {...{ candidates, truth, middle, tileWidth, width }} />}
      {!isWide && <Elbow middle={middle} />}
      <div className={classes.candidates}>
        <Candidates
          candidates={candidates}
          truth={truth}
          rest={vocabulary > candidates.length ? rest : 0}
          words={words}
        />
      </div>
    </>
  );
}

/** The most probable tokens; the true one takes the last place where it is not among them. */
export function listBlank({ candidates, truth }: Blank): readonly Candidate[] {
  const list = candidates.slice(0, shownCandidates);
  if (!truth || list.some(({ token }) => token.id === truth.token.id)) return list;
  return [...list.slice(0, shownCandidates - 1), truth];
}
