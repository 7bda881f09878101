/** Which of the ways to do a product or attention the tuner has picked, in plain words. */
import type { KernelPick, SpeedReport } from '../../contract/speed.ts';
import { useWords } from '../i18n/use-words.ts';
import { wayOf } from './kernel-ways.ts';
import classes from './SpeedPanel.module.css';

interface KernelPicksProps {
  readonly report: SpeedReport;
}

export function KernelPicks({ report }: KernelPicksProps) {
  const { t, number } = useWords();
  const picks = picksOf(report);
  if (picks.length === 0) return null;
  return (
    <section className={classes.part} aria-label={t('speed.picks')}>
      <h3 className={classes.subtitle}>{t('speed.picks')}</h3>
      <p className={classes.note}>{t('speed.picksLead')}</p>
      <ul className={classes.picks}>
        {picks.map(({ kernel, calls }) => (
          <li key={kernel}>
            <span className={classes.pick}>{kernel}</span>
            <span className={classes.calls}>{t('speed.calls', { count: calls, amount: number(calls) })}</span>
            <span className={classes.way}>{t(`speed.way.${wayOf(kernel)}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of the families with a choice, most calls first. */
function picksOf({ kernels }: SpeedReport): KernelPick[] {
  const calls = new Map<string, number>();
  for (const { family, picks } of kernels) {
    if (!family.startsWith('matmul') && !family.startsWith('attention')) continue;
    for (const pick of picks) calls.set(pick.kernel, (calls.get(pick.kernel) ?? 0) + pick.calls);
  }
  return [...calls].map(([kernel, count]) => ({ kernel, calls: count })).sort((a, b) => b.calls - a.calls);
}
