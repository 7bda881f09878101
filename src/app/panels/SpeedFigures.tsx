/** The run's speed in figures, what it asks of the device, and what the device can do at best. */
import type { Roofline } from '../../contract/speed.ts';
import { useWords, type Words } from '../i18n/use-words.ts';
import { type Pace, paceOf } from '../store/speed.ts';
import type { AppState } from '../store/state.ts';
import { useApp, usePaced } from '../store/use-app.ts';
import classes from './SpeedPanel.module.css';

interface SpeedFiguresProps {
  readonly roofline: Roofline | undefined;
}

export function SpeedFigures({ roofline }: SpeedFiguresProps) {
  const words = useWords();
  const pace = usePaced(paceOf);
  const run = useApp((state) => state.session.run);
  const backend = useApp((state) => state.session.backend);
  const { t, number, bytes } = words;
  return (
    <section className={classes.part} aria-label={t('speed.figures')}>
      <h3 className={classes.subtitle}>{t('speed.figures')}</h3>
      <dl className={classes.figures}>
        {pace && <PaceFigures pace={pace} words={words} />}
        {run && <Figure name={t('speed.dispatches')} value={number(run.dispatches)} />}
        {run && <Figure name={t('speed.memory')} value={bytes(run.plan.bytes)} />}
        {backend && <Figure name={t('speed.device')} value={deviceName(backend, words)} />}
        {roofline && <RooflineFigures roofline={roofline} words={words} />}
      </dl>
      {pace && !pace.isTrained && <p className={classes.note}>{t('speed.beforeTraining')}</p>}
    </section>
  );
}

function PaceFigures({ pace, words: { t, number, significant } }: { readonly pace: Pace; readonly words: Words }) {
  return (
    <>
      <Figure name={t('speed.tokensPerSecond')} value={number(pace.tokensPerSecond)} />
      <Figure name={t('speed.stepTime')} value={`${significant(pace.stepMs, 3)} ms`} />
    </>
  );
}

interface RooflineFiguresProps {
  readonly roofline: Roofline;
  readonly words: Words;
}

function RooflineFigures({ roofline, words: { t, number, significant } }: RooflineFiguresProps) {
  const { multiplyAddGflops, copyGigabytesPerSecond, emptyDispatchMs } = roofline;
  const rounded = (value: number) => (value < 100 ? significant(value, 2) : number(value));
  return (
    <>
      <Figure name={t('speed.multiplyAdds')} value={`${rounded(multiplyAddGflops)} GFLOP/s`} />
      <Figure name={t('speed.copies')} value={`${rounded(copyGigabytesPerSecond)} GB/s`} />
      {emptyDispatchMs !== undefined && (
        <Figure name={t('speed.emptyDispatch')} value={`${significant(1000 * emptyDispatchMs, 2)} µs`} />
      )}
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={classes.pair}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function deviceName(backend: NonNullable<AppState['session']['backend']>, { t }: Words): string {
  const { kind, adapter, software, threads } = backend;
  if (kind === 'webgpu') return software ? t('header.software', { adapter }) : adapter;
  return t('speed.cpu', { how: threads ? t('header.threads', { count: threads }) : 'JavaScript' });
}
