/** The prompt and what follows from it: tiles, what the boxed one may read, ribbons, and the candidates' bars. */
import { memo, type ReactNode, useState } from 'react';
import type { Candidate, Prediction } from '../../contract/messages.ts';
import { Candidates, type CandidateWords } from './Candidates.tsx';
import { Elbow, Ribbons } from './Pour.tsx';
import classes from './PromptFigure.module.css';
import { Tiles } from './Tiles.tsx';
import { tileWidthOf } from './tile-width.ts';
import { useWidth } from './use-width.ts';

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

/** Below this width the ribbons become one elbow line. */
const ribbonsFrom = 620;
const shownCandidates = 6;

export const PromptFigure = memo(function PromptFigure(props: PromptFigureProps) {
  const { prediction, vocabulary, selected, onSelect, words, instead, children } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [scroll, setScroll] = useState(0);
  const count = prediction.tokens.length + 1;
  const tileWidth = tileWidthOf(prediction.tokens, count, width);
  const truth = selected > 0 ? prediction.tokens[selected]?.id : undefined;
  const candidates = listCandidates(prediction, selected);
  const rest = Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0));
  const middle = Math.max(0, Math.min(width, (selected + 0.5) * tileWidth - scroll));
  const isWide = width >= ribbonsFrom;
  return (
    <div ref={ref} className={classes.figure} data-wide={isWide || undefined}>
      <Tiles
        tokens={prediction.tokens}
        given={prediction.given}
        selected={selected}
        tileWidth={tileWidth}
        onSelect={onSelect}
        label={words.tiles}
        nameOf={words.nameOf}
        onScroll={setScroll}
      />
      <div className={classes.reading} aria-hidden="true">
        <span
          className={classes.seen}
          style={{ width: Math.max(0, middle - tileWidth / 2 - 4) }}
          data-none={selected === 0 || undefined}
        />
        <span className={classes.unseen} style={{ left: Math.min(width, middle + tileWidth / 2 + 4) }} />
      </div>
      <div className={classes.captions}>
        <span>{selected > 0 ? words.reads : ''}</span>
        <span>{selected < prediction.tokens.length ? words.hidden : ''}</span>
      </div>
      <div className={classes.below}>
        {instead || selected === 0 ? (
          <div className={classes.first}>{instead || words.first}</div>
        ) : (
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
        )}
        <div className={classes.side}>{children}</div>
      </div>
    </div>
  );
});

/** The most probable tokens; the true one takes the last place where it is not among them. */
function listCandidates({ candidates, tokens, given }: Prediction, selected: number): readonly Candidate[] {
  const list = (candidates[selected] ?? []).slice(0, shownCandidates);
  const token = tokens[selected];
  const chance = given[selected];
  if (!token || typeof chance !== 'number' || list.some((each) => each.token.id === token.id)) return list;
  return [...list.slice(0, shownCandidates - 1), { token, probability: chance }];
}

/** How many tokens the figure lists at a position. */
export function listedCount(prediction: Prediction, selected: number): number {
  return listCandidates(prediction, selected).length;
}
