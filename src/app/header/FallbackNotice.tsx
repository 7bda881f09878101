/** One line under the header where there is no WebGPU: what is slower, and which browser or setting would help. */
import { useWords } from '../i18n/use-words.ts';
import { WarningIcon } from '../icons.tsx';
import { useApp } from '../store/use-app.ts';
import classes from './FallbackNotice.module.css';

export function FallbackNotice() {
  const { t } = useWords();
  const reason = useApp((state) => state.session.backend?.fallbackReason);
  if (!reason) return null;
  return (
    <aside className={classes.notice} aria-label={t('header.cpu')}>
      <WarningIcon />
      <span>
        <b>{t(reason === 'chosen' ? 'fallback.leadChosen' : 'fallback.lead')}</b> {t('fallback.same')}{' '}
        {t(`fallback.${reason}`)}
      </span>
    </aside>
  );
}
