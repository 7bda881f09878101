/** The prompt and what follows from it: tiles, what the boxed one may read, and the candidates for it. */
import { memo, type ReactNode } from 'react';
import type { Prediction } from '../../contract/results.ts';
import { type CandidateWords, listCandidates } from './Candidates.tsx';
import classes from './PromptFigure.module.css';
import { Tiles } from './Tiles.tsx';
import { TokenFigure, type TokenFrame } from './TokenFigure.tsx';

export interface PromptWords extends CandidateWords {
  readonly tiles: string;
  readonly nameOf: (position: number) => string;
  /** Under the bracket: 'reads these 13 characters'. */
  readonly reads: string;
  /** Under the dotted line: 'hidden from it here'. */
  readonly hidden: string;
  /** Said instead of bars at the first tile, which nothing predicts. */
  readonly first: string;
}

interface PromptFigureProps {
  readonly prediction: Prediction;
  readonly vocabulary: number;
  readonly selected: number;
  readonly onSelect: (position: number) => void;
  readonly words: PromptWords;
  /** Stands in place of the candidates where nothing is known of them. */
  readonly instead?: ReactNode;
  /** Stands left of the candidates where there is room, below them where there is none. */
  readonly children?: ReactNode;
}

/** Between a tile and its bracket. */
const gapPx = 4;

export const PromptFigure = memo(function PromptFigure(props: PromptFigureProps) {
  const { prediction, vocabulary, selected, onSelect, words, instead, children } = props;
  const { tokens, given } = prediction;
  const truth = selected > 0 ? tokens[selected] : undefined;
  const hasBars = !instead && selected > 0;
  return (
    <TokenFigure
      tokens={tokens}
      count={tokens.length + 1}
      selected={selected}
      tiles={({ tileWidth, onScroll }) => (
        <Tiles
          {...{ tokens, given, selected, tileWidth, onSelect, onScroll }}
          label={words.tiles}
          nameOf={words.nameOf}
        />
      )}
      reading={(frame) => <Reading {...frame} hasLeft={selected > 0} />}
      captions={
        <>
          <span>{selected > 0 ? words.reads : ''}</span>
          <span className={classes.hidden}>{selected < tokens.length ? words.hidden : ''}</span>
        </>
      }
      candidates={hasBars ? listPrompt(prediction, selected) : undefined}
      truth={truth?.id}
      vocabulary={vocabulary}
      words={words}
      instead={instead || words.first}
    >
      {children}
    </TokenFigure>
  );
});

function Reading({ width, middle, tileWidth, hasLeft }: TokenFrame & { readonly hasLeft: boolean }) {
  const gap = tileWidth / 2 + gapPx;
  return (
    <>
      {hasLeft && <span className={classes.seen} style={{ width: Math.max(0, middle - gap) }} />}
      <span className={classes.unseen} style={{ left: Math.min(width, middle + gap) }} />
    </>
  );
}

function listPrompt({ candidates, tokens, given }: Prediction, selected: number) {
  const token = tokens[selected];
  const probability = given[selected];
  const truth = token && typeof probability === 'number' ? { token, probability } : undefined;
  return listCandidates(candidates[selected] ?? [], truth);
}
