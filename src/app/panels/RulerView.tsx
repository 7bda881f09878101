/** The way back through training: the slide rule, replay, and what it wrote at its decades. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { Ruler } from '../drawings/Ruler.tsx';
import { Samples } from '../drawings/Samples.tsx';
import { useWords } from '../i18n/use-words.ts';
import { PlayIcon } from '../icons.tsx';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import { FillsView } from './FillsView.tsx';
import { hungSamples } from './hung-samples.ts';
import classes from './PredictionPanel.module.css';
import { useFillsBlanks } from './use-fills-blanks.ts';
import { useReplay } from './use-replay.ts';
import { stepInView } from './view.ts';

const selectState = (state: AppState) => state;

export function RulerView() {
  const { t, number } = useWords();
  const { viewStep } = useActions();
  const fills = useFillsBlanks();
  const replay = useReplay();
  const { session, prediction } = usePaced(selectState);
  if (!session.run) return null;
  const { totalSteps } = session.run.configuration.schedule;
  const step = stepInView(session, prediction);
  const isNow = step === session.step;
  const position = t(isNow ? 'ruler.now' : 'ruler.at', { step: number(step) });
  const samples = hungSamples(prediction.samples, totalSteps, isNow ? undefined : step).map((sample) => ({
    title: t('ruler.step', { step: number(sample.step) }),
    text: sample.entry?.text,
    isInView: sample.isInView,
  }));
  return (
    <section className={classes.part} aria-label={t('ruler.title')}>
      <div className={classes.rulerHead}>
        <h2 className={classes.label}>{t('ruler.title')}</h2>
        {!isNow && (
          <button type="button" className={classes.back} onClick={() => viewStep(undefined)}>
            {t('ruler.back')}
          </button>
        )}
      </div>
      <div className={classes.rulerRow}>
        <ActionButton size="small" icon={<PlayIcon />} isDisabled={session.step === 0} onClick={replay.toggle}>
          {t(replay.isRunning ? 'ruler.stop' : 'ruler.replay')}
        </ActionButton>
        <Ruler
          step={session.step}
          totalSteps={totalSteps}
          viewStep={step}
          watchedFrom={prediction.watch.predictions[0]?.step ?? 0}
          isBackShown={!isNow}
          onView={(view) => viewStep(view >= session.step ? undefined : view)}
          label={t('ruler.slider')}
          position={position}
          number={number}
        />
      </div>
      {fills ? <FillsView /> : <Samples samples={samples} label={t('ruler.samples')} notYet={t('ruler.notYet')} />}
    </section>
  );
}
