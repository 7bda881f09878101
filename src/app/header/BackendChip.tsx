/** What it trains on: the adapter, or the CPU where there is no WebGPU. */
import { useWords } from '../i18n/use-words.ts';
import { ChipIcon, WarningIcon } from '../icons.tsx';
import { useApp } from '../store/use-app.ts';
import classes from './Header.module.css';

export function BackendChip() {
  const { t } = useWords();
  const backend = useApp((state) => state.session.backend);
  if (!backend) return null;
  if (backend.kind === 'cpu') {
    const isChosen = backend.fallbackReason === 'chosen';
    return (
      <span className={classes.chip} data-fallback={!isChosen || undefined}>
        {isChosen ? <ChipIcon /> : <WarningIcon />}
        {t(isChosen ? 'header.cpuChosen' : 'header.cpu')}
      </span>
    );
  }
  const adapter = backend.software ? t('header.software', { adapter: backend.adapter }) : backend.adapter;
  return (
    <span className={classes.chip} title={adapter}>
      <ChipIcon />
      <span className={classes.chipText}>{adapter ? `${adapter} · WebGPU` : 'WebGPU'}</span>
    </span>
  );
}
