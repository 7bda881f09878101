/** One line under the header where WebGPU is not used: why, and what would help. */
import { useWords } from '../i18n/use-words.ts';
import { WarningIcon } from '../icons.tsx';
import { isUnwanted } from '../store/session.ts';
import { useApp } from '../store/use-app.ts';
import classes from './FallbackNotice.module.css';

export function FallbackNotice() {
  const { t, number, gap } = useWords();
  const backend = useApp((state) => state.session.backend);
  const expected = useApp((state) => state.session.expectedFallback);
  const reason = backend ? backend.fallbackReason : expected;
  if (!reason) return null;
  const wasChosen = !isUnwanted({ kind: 'cpu', fallbackReason: reason });
  const isMeasuring = !backend && reason === 'slower';
  const lead = isMeasuring ? 'leadMeasuring' : wasChosen ? 'leadChosen' : 'lead';
  return (
    <aside className={classes.notice} aria-label={t(wasChosen ? 'header.cpuChosen' : 'header.cpu')}>
      <WarningIcon />
      <span>
        <b>{t(`fallback.${lead}`)}</b>
        {gap}
        {reason === 'slower' ? slower() : `${t('fallback.same')}${gap}${t(`fallback.${reason}`)}`}
      </span>
    </aside>
  );

  function slower(): string {
    if (!backend) return t('fallback.measuring');
    const { webgpuStepMs = Number.POSITIVE_INFINITY, cpuStepMs = 0 } = backend.measured ?? {};
    if (!Number.isFinite(webgpuStepMs)) return t('fallback.slowerFailed');
    return t('fallback.slower', { webgpu: number(webgpuStepMs), cpu: number(cpuStepMs) });
  }
}
