/** Candidates for one position as bars on a fixed axis from 0 to 100 %, with the honest rest. */
import { memo } from 'react';
import type { Candidate } from '../../contract/results.ts';
import classes from './Candidates.module.css';
import { tileText } from './shade.ts';
import { textWidth } from './tile-width.ts';

export interface CandidateWords {
  /** Name of the list for assistive technology. */
  readonly list: string;
  /** Said beside the bar of the true token. */
  readonly truth: string;
  /** Said of the rest: '59 others'. */
  readonly others: (count: number) => string;
  readonly number: (count: number) => string;
  readonly percent: (share: number) => string;
}

interface CandidatesProps {
  readonly candidates: readonly Candidate[];
  /** Id of the token that really stands there; undefined where nobody knows. */
  readonly truth?: number;
  readonly vocabulary: number;
  readonly words: CandidateWords;
}

/** Height of a row, which the ribbons must know. */
export const candidateRowHeight = 32;

const narrowestBox = 28;
const widestBox = 120;

const ticks = [0, 25, 50, 75, 100];
/** Bars longer than this leave no room for words beside them. */
const roomForWords = 0.55;
const roomForOthers = 0.7;

export const Candidates = memo(function Candidates({ candidates, truth, vocabulary, words }: CandidatesProps) {
  const others = vocabulary - candidates.length;
  const rest = Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0));
  const texts = candidates.map(({ token }) => token);
  const boxWidth = Math.max(narrowestBox, Math.min(widestBox, textWidth(texts, 18)));
  return (
    <div className={classes.figure} style={{ ['--token' as string]: `${boxWidth}px` }}>
      <div className={classes.axis} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} className={classes.tick} style={{ left: `${tick}%` }}>
            <span>{tick === 0 || tick === 100 ? `${tick}%` : tick}</span>
          </span>
        ))}
      </div>
      <ol className={classes.list} aria-label={words.list}>
        {candidates.map(({ token, probability }) => {
          const isTrue = token.id === truth;
          return (
            <li key={token.id} className={classes.row} data-true={isTrue || undefined}>
              <span className={classes.box} data-kind={token.kind}>
                {tileText(token)}
              </span>
              <span className={classes.track}>
                <span className={classes.bar} style={{ width: `${100 * probability}%` }} />
                <span className={classes.value}>
                  {words.percent(probability)}
                  {isTrue && (
                    <span className={probability < roomForWords ? classes.words : classes.spoken}>
                      <span aria-hidden="true">◀</span> {words.truth}
                    </span>
                  )}
                </span>
              </span>
            </li>
          );
        })}
        {others > 0 && rest > 0 && (
          <li className={classes.row}>
            <span className={classes.count} aria-hidden="true">
              +{words.number(others)}
            </span>
            <span className={classes.track}>
              <span className={classes.rest} style={{ width: `${100 * rest}%` }} />
              <span className={classes.value}>
                {words.percent(rest)}{' '}
                <span className={rest < roomForOthers ? classes.others : classes.spoken}>{words.others(others)}</span>
              </span>
            </span>
          </li>
        )}
      </ol>
    </div>
  );
});

const mostListed = 6;

/** The most probable of the candidates, best first; the true one takes the last place where it is not among them. */
export function listCandidates(candidates: readonly Candidate[], truth: Candidate | undefined): readonly Candidate[] {
  const list = candidates.slice(0, mostListed);
  if (!truth || list.some(({ token }) => token.id === truth.token.id)) return list;
  return [...list.slice(0, mostListed - 1), truth];
}
