/** Where training stands, in a few words. */
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

const selectState = (state: AppState) => state;

export function StatusText({ isShort = false }: StatusTextProps) {
  const words = useWords();
  const { session, history } = usePaced(selectState);
  const { points } = history;
  const values = {
    step: words.number(session.step),
    seconds: words.number(Math.round(elapsedSeconds(points))),
    speed: words.compact(lastValue(points, 'tokensPerSecond') ?? 0),
  };
  const hasPoints = points.length > 0;
  return (
    <div className={classes.status}>
      <Rich text={statusMessage(session, values, hasPoints, isShort, words)} />
    </div>
  );
}

function statusMessage(
  { status, run, progress }: AppState['session'],
  values: { step: string; seconds: string; speed: string },
  hasPoints: boolean,
  isShort: boolean,
  { t, number, duration }: Words,
): string {
  if (progress) return t(`tasks.${progress.task}`);
  if (!run) return t('status.opening');
  if (status === 'failed') return t('status.failed', values);
  if (hasPoints && isShort) return t('status.runningShort', values);
  if (hasPoints && status === 'training') return t('status.running', values);
  if (hasPoints) return t(status === 'finished' ? 'status.finished' : 'status.paused', values);
  const steps = run.configuration.schedule.totalSteps;
  const { stepMs } = run.plan;
  if (stepMs === undefined || isShort) return t('status.ready');
  return t('status.readyFor', { steps: number(steps), duration: duration((steps * stepMs) / 1000) });
}
