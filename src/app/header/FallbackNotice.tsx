/** One line under the header where WebGPU is not used: why, and what would help. */
import { useWords } from '../i18n/use-words.ts';
import { WarningIcon } from '../icons.tsx';
import { isUnwanted } from '../store/session.ts';
import { useApp } from '../store/use-app.ts';
import classes from './FallbackNotice.module.css';

export function FallbackNotice() {
  const { t, number } = useWords();
  const backend = useApp((state) => state.session.backend);
  if (!backend?.fallbackReason) return null;
  const { fallbackReason: reason, measured } = backend;
  const wasChosen = !isUnwanted(backend);
  return (
    <aside className={classes.notice} aria-label={t(wasChosen ? 'header.cpuChosen' : 'header.cpu')}>
      <WarningIcon />
      <span>
        <b>{t(wasChosen ? 'fallback.leadChosen' : 'fallback.lead')}</b>{' '}
        {reason === 'slower' ? slower() : `${t('fallback.same')} ${t(`fallback.${reason}`)}`}
      </span>
    </aside>
  );

  function slower(): string {
    const { webgpuStepMs = Number.POSITIVE_INFINITY, cpuStepMs = 0 } = measured ?? {};
    if (!Number.isFinite(webgpuStepMs)) return t('fallback.slowerFailed');
    return t('fallback.slower', { webgpu: number(webgpuStepMs), cpu: number(cpuStepMs) });
  }
}
