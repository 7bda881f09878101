/** The loss in words for those who hear the page: at most every five seconds, and politely. */
import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import { lastValue } from '../store/series.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';

const selectHistory = (state: AppState) => state.history;
const selectRun = (state: AppState) => state.session.run;
const spokenPaceMs = 5000;

export function SpokenLoss() {
  const { t, number, fixed } = useWords();
  const { points, evaluations } = usePaced(selectHistory, spokenPaceMs);
  const run = usePaced(selectRun, 500);
  const step = lastValue(points, 'step');
  const loss = (value: number | undefined) => (value === undefined ? t('status.unmeasured') : fixed(value));
  const text =
    step === undefined
      ? run && t('status.spokenStart', { uniform: fixed(run.corpus.baselines.uniform) })
      : t('status.spoken', {
          step: number(step),
          training: loss(lastValue(points, 'trainLoss')),
          validation: loss(lastValue(evaluations, 'validationLoss')),
        });
  return (
    <VisuallyHidden role="status" data-testid="spoken-loss">
      {text}
    </VisuallyHidden>
  );
}
