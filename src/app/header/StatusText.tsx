/** Where training stands, in a few words. */
import { useShallow } from 'zustand/react/shallow';
import { Rich } from '../controls/Rich.tsx';
import { useWords, type Words } from '../i18n/use-words.ts';
import { elapsedSeconds } from '../store/history.ts';
import { lastValue } from '../store/series.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './Header.module.css';

interface StatusTextProps {
  readonly isShort?: boolean;
}

/** No more than is said: a large text that is read changes the rest many times a second. */
const selectShown = ({ session: { status, run, step, progress, besideMs = 0 }, history: { points } }: AppState) => ({
  status,
  run,
  besideMs,
  step,
  task: progress?.task,
  points,
});

type Shown = ReturnType<typeof selectShown>;

export function StatusText({ isShort = false }: StatusTextProps) {
  const words = useWords();
  const shown = usePaced(useShallow(selectShown));
  return (
    <div className={classes.status} data-testid="status">
      <Rich text={statusMessage(shown, isShort, words)} />
    </div>
  );
}

function statusMessage({ status, run, besideMs, step, task, points }: Shown, isShort: boolean, words: Words): string {
  const { t, number, compact, duration } = words;
  const hasPoints = points.length > 0;
  const values = {
    step: number(step),
    seconds: number(Math.round(elapsedSeconds(points))),
    speed: compact(lastValue(points, 'tokensPerSecond') ?? 0),
  };
  if (task) return t(`tasks.${task}`);
  if (!run) return t('status.opening');
  if (status === 'failed') return t('status.failed', values);
  if (hasPoints && isShort) return t('status.runningShort', values);
  if (hasPoints && status === 'training') return t('status.running', values);
  if (hasPoints) return t(status === 'finished' ? 'status.finished' : 'status.paused', values);
  const steps = run.configuration.schedule.totalSteps;
  const { stepMs } = run.plan;
  if (stepMs === undefined || isShort) return t('status.ready');
  return t('status.readyFor', { steps: number(steps), duration: duration((steps * (stepMs + besideMs)) / 1000) });
}
