/** Where the time of a step goes: kernels by their share of it, and how near each comes to what the device can do. */
import type { KernelSpeed, Roofline, SpeedReport } from '../../contract/speed.ts';
import { Rich } from '../controls/Rich.tsx';
import { useWords } from '../i18n/use-words.ts';
import classes from './SpeedPanel.module.css';

interface KernelTableProps {
  readonly report: SpeedReport;
}

/** Measurements of both differ a little by themselves. */
const surelyBeyond = 1.05;

export function KernelTable({ report }: KernelTableProps) {
  const { t, number, significant } = useWords();
  const { kernels, roofline, steps, clock } = report;
  const totalMs = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const isBeyond = kernels.some((kernel) => (limitOf(kernel, roofline)?.share ?? 0) > surelyBeyond);
  return (
    <section className={classes.part} aria-label={t('speed.kernels')}>
      <h3 className={classes.subtitle}>{t('speed.kernels')}</h3>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('speed.kernel')}</th>
            <th scope="col">{t('speed.share')}</th>
            <th scope="col" className={classes.figure}>
              {t('speed.time')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('speed.rate')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('speed.ofLimit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {kernels.map((kernel) => (
            <Row key={kernel.family} kernel={kernel} totalMs={totalMs} roofline={roofline} />
          ))}
        </tbody>
      </table>
      <p className={classes.note}>
        <Rich text={t('speed.sum', { ms: significant(totalMs, 3), count: steps, amount: number(steps) })} />{' '}
        {t(`speed.clock.${clock}`)} {t('speed.limits')}
        {isBeyond && ` ${t('speed.beyond')}`}
      </p>
    </section>
  );
}

interface RowProps {
  readonly kernel: KernelSpeed;
  readonly totalMs: number;
  readonly roofline: Roofline;
}

function Row({ kernel, totalMs, roofline }: RowProps) {
  const { t, number, percent, fixed, significant } = useWords();
  const { family, calls, ms } = kernel;
  const share = totalMs > 0 ? ms / totalMs : 0;
  const rate = rateOf(kernel);
  const limit = limitOf(kernel, roofline);
  const ofLimit = limit ? t(`speed.of.${limit.by}`, { share: percent(limit.share) }) : '–';
  return (
    <tr>
      <th scope="row">
        {t(`kernels.${family}`)}{' '}
        <span className={classes.calls}>{t('speed.calls', { count: calls, amount: number(calls) })}</span>
        <span className={classes.calls} data-narrow>
          {ofLimit}
        </span>
      </th>
      <td className={classes.shareCell}>
        <span className={classes.track}>
          <span className={classes.bar} style={{ width: `${100 * share}%` }} />
          <span>{percent(share)}</span>
        </span>
      </td>
      <td className={classes.figure}>{fixed(ms, ms < 10 ? 2 : 1)} ms</td>
      <td className={classes.figure} data-minor>
        {rate === undefined
          ? '–'
          : `${rate < 100 ? significant(rate) : number(rate)} ${kernel.flops ? 'GFLOP/s' : 'GB/s'}`}
      </td>
      <td className={classes.figure} data-minor>
        {ofLimit}
      </td>
    </tr>
  );
}

/** Billions of operations a second where the kernel counts them, of bytes elsewhere. */
function rateOf({ ms, flops, bytes }: KernelSpeed): number | undefined {
  return ms === 0 ? undefined : (flops || bytes) / ms / 1e6;
}

/** The limit that it is nearer to, and the share of it that it reaches. */
function limitOf({ ms, flops, bytes }: KernelSpeed, { multiplyAddGflops, copyGigabytesPerSecond }: Roofline) {
  if (ms === 0) return undefined;
  const arithmetic = flops / ms / 1e6 / multiplyAddGflops;
  const memory = bytes / ms / 1e6 / copyGigabytesPerSecond;
  return arithmetic > memory
    ? ({ by: 'arithmetic', share: arithmetic } as const)
    : ({ by: 'memory', share: memory } as const);
}
