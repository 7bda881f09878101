/** How it filled in held-out text at the decades of training: what a masked model shows in place of writing. */
import { Fills, isFilledRightly } from '../drawings/Fills.tsx';
import { useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import { hungSamples } from './hung-samples.ts';

const selectFills = (state: AppState) => state.blanks.fills;
const selectTotal = (state: AppState) => state.session.run?.configuration.schedule.totalSteps ?? 1;

export function FillsView() {
  const { t, number } = useWords();
  const fills = usePaced(selectFills);
  const totalSteps = usePaced(selectTotal);
  const hung = hungSamples(fills, totalSteps).map(({ step, entry: prediction }) => {
    const right = prediction?.blanks.filter(isFilledRightly).length ?? 0;
    const all = prediction?.blanks.length ?? 0;
    return {
      title: t('ruler.step', { step: number(step) }),
      score: prediction ? t('blanks.score', { right: number(right), all: number(all) }) : '',
      prediction,
    };
  });
  return (
    <Fills
      fills={hung}
      label={t('blanks.fills')}
      notYet={t('ruler.notYet')}
      wrong={(truth) => t('blanks.wrong', { token: truth })}
    />
  );
}
