/** The share of the device's arithmetic that training puts to use, on an axis from 0 to 100 %. */
import type { Roofline } from '../../contract/speed.ts';
import { Explained } from '../controls/Explained.tsx';
import { useWords, type Words } from '../i18n/use-words.ts';
import { paceOf } from '../store/speed.ts';
import { useApp, usePaced } from '../store/use-app.ts';
import classes from './SpeedPanel.module.css';

interface UtilisationProps {
  readonly roofline: Roofline | undefined;
}

const ticks = [0, 25, 50, 75, 100];

export function Utilisation({ roofline }: UtilisationProps) {
  const words = useWords();
  const { t, percent } = words;
  const use = useUse(roofline);
  return (
    <section className={classes.part} aria-label={t('speed.utilisation')}>
      <h3 className={classes.subtitle}>{t('speed.utilisation')}</h3>
      <Explained label={t('speed.used')} explanation={use && formula(use, words)} className={classes.use}>
        {() => (
          <>
            <b className={classes.share}>{use ? percent(use.share) : '–'}</b>
            <Meter share={use?.share ?? 0} />
          </>
        )}
      </Explained>
      {!use && <p className={classes.note}>{t('speed.utilisationUnknown')}</p>}
    </section>
  );
}

/** What there is to say of the use of the device: operations of a step, its time, and the most the device does. */
interface Use {
  readonly flops: number;
  readonly stepMs: number;
  readonly peakGflops: number;
  readonly share: number;
}

function useUse(roofline: Roofline | undefined): Use | undefined {
  const pace = usePaced(paceOf);
  const flops = useApp((state) => state.session.run?.modelFlops);
  if (!roofline || !pace || !flops) return undefined;
  const { stepMs } = pace;
  const peakGflops = roofline.multiplyAddGflops;
  return { flops, stepMs, peakGflops, share: flops / stepMs / 1e6 / peakGflops };
}

/** The formula with the present numbers. */
function formula({ flops, stepMs, peakGflops }: Use, { t, significant, number }: Words): string {
  const rounded = (value: number) => (value < 1000 ? significant(value, 3) : number(value));
  return t('speed.formula', {
    flops: rounded(flops / 1e9),
    ms: rounded(stepMs),
    rate: rounded(flops / stepMs / 1e6),
    peak: rounded(peakGflops),
  });
}

function Meter({ share }: { readonly share: number }) {
  return (
    <div className={classes.meter} aria-hidden="true">
      <div className={classes.whole}>
        <span className={classes.used} style={{ width: `${100 * Math.min(1, share)}%` }} />
      </div>
      <div className={classes.ticks}>
        {ticks.map((tick) => (
          <span key={tick}>{tick === 0 || tick === 100 ? `${tick}%` : tick}</span>
        ))}
      </div>
    </div>
  );
}
