/** The last fair scores in words for those who hear the page: at most every five seconds, and politely. */
import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import type { Face } from './faces.ts';
import { estimateOf, type Measure, writeValue } from './measure.ts';

interface SpokenVerdictProps {
  readonly faces: readonly Face[];
  readonly measure: Measure;
}

const spokenPaceMs = 5000;
const selectVerdict = (state: AppState) => state.comparison.verdicts.at(-1);

export function SpokenVerdict({ faces, measure }: SpokenVerdictProps) {
  const words = useWords();
  const verdict = usePaced(selectVerdict, spokenPaceMs);
  const scores = verdict?.scores.map((score, index) => {
    return `${faces[index]?.name} ${writeValue(estimateOf(score, measure).value, measure, words)}`;
  });
  return (
    <VisuallyHidden role="status" data-testid="spoken-verdict">
      {verdict &&
        scores &&
        words.t('compare.spoken', { steps: words.number(verdict.steps[0]), scores: scores.join(', ') })}
    </VisuallyHidden>
  );
}
