/** The prompt with its blanks and what follows from it: tiles, both brackets, and the candidates for the boxed blank. */
import type { ReactNode } from 'react';
import classes from './BlankFigure.module.css';
import { type BlankTile, BlankTiles } from './BlankTiles.tsx';
import { type CandidateWords, listCandidates } from './Candidates.tsx';
import { TokenFigure, type TokenFrame } from './TokenFigure.tsx';

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

/** Between the blank and its brackets. */
const gapPx = 2;

export function BlankFigure(props: BlankFigureProps) {
  const { tiles, selected, seesRight, vocabulary, onShow, onToggle, words, children } = props;
  const blank = tiles[selected]?.blank;
  return (
    <TokenFigure
      tokens={tiles.map(({ token }) => token)}
      count={tiles.length}
      selected={selected}
      tiles={({ tileWidth, onScroll }) => (
        <BlankTiles
          {...{ tiles, selected, tileWidth, onShow, onToggle, onScroll }}
          label={words.tiles}
          nameOf={words.nameOf}
        />
      )}
      reading={(frame) => selected >= 0 && <Reading {...frame} hasLeft={selected > 0} seesRight={seesRight} />}
      captions={
        <>
          <span>{selected > 0 ? words.left : ''}</span>
          <span>{selected >= 0 && selected < tiles.length - 1 ? words.right : ''}</span>
        </>
      }
      candidates={blank && listCandidates(blank.candidates, blank.truth)}
      truth={blank?.truth?.token.id}
      vocabulary={vocabulary}
      words={words}
      instead={words.instead}
    >
      {children}
    </TokenFigure>
  );
}

interface ReadingProps extends TokenFrame {
  readonly hasLeft: boolean;
  readonly seesRight: boolean;
}

function Reading({ hasLeft, seesRight, tileWidth, middle, end }: ReadingProps) {
  const gap = tileWidth / 2 + gapPx;
  return (
    <>
      {hasLeft && <span className={classes.left} style={{ width: Math.max(0, middle - gap) }} />}
      <span
        className={seesRight ? classes.right : classes.unseen}
        style={{ left: middle + gap, width: Math.max(0, end - middle - gap) }}
      />
    </>
  );
}
