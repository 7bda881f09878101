/** Generation on demand: how daring it may be, and what it wrote. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { NumberControl } from '../controls/NumberControl.tsx';
import type { Scale } from '../controls/number-scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { SampleGallery } from './SampleGallery.tsx';
import classes from './WritingPanel.module.css';

const temperatureScale: Scale = { minimum: 0, maximum: 2, step: 0.05, scale: 'linear' };
const topKScale: Scale = { minimum: 0, maximum: 100, step: 1, scale: 'linear' };
const topPScale: Scale = { minimum: 0.05, maximum: 1, step: 0.05, scale: 'linear' };
const tokensScale: Scale = { minimum: 10, maximum: 1000, step: 10, scale: 'logarithmic' };

export function WritingPanel() {
  const { t, number } = useWords();
  const { generate } = useActions();
  const isWriting = useApp((state) => state.writing.isWriting);
  const written = useApp((state) => state.writing.written);
  const hasRun = useApp((state) => state.session.run !== undefined);
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('writing.title')}</h2>
      <p className={classes.lead}>{t('writing.lead')}</p>
      <SamplingControls />
      <ActionButton isDisabled={!hasRun || isWriting} onClick={generate}>
        {t(isWriting ? 'writing.writing' : 'writing.generate')}
      </ActionButton>
      {written && (
        <figure className={classes.written} aria-label={t('writing.result')}>
          <figcaption>{t('writing.at', { step: number(written.step) })}</figcaption>
          <p>
            <span className={classes.prompt}>{written.prompt}</span>
            {written.text}
          </p>
        </figure>
      )}
      <SampleGallery />
    </div>
  );
}

function SamplingControls() {
  const { t } = useWords();
  const { setSampling, setTokensToWrite } = useActions();
  const sampling = useApp((state) => state.settings.sampling);
  const tokens = useApp((state) => state.settings.tokensToWrite);
  const change = (patch: Partial<typeof sampling>) => setSampling({ ...sampling, ...patch });
  return (
    <div className={classes.controls}>
      <NumberControl
        label={t('writing.temperature')}
        explanation={t('writing.temperatureMeans')}
        scale={temperatureScale}
        value={sampling.temperature}
        onChange={(temperature) => change({ temperature: clamp(temperature, 0, 10) })}
      />
      <NumberControl
        label={t('writing.topK')}
        explanation={t('writing.topKMeans')}
        scale={topKScale}
        value={sampling.topK}
        shownValue={sampling.topK === 0 ? t('writing.off') : undefined}
        onChange={(topK) => change({ topK: clamp(Math.round(topK), 0, 100_000) })}
      />
      <NumberControl
        label={t('writing.topP')}
        explanation={t('writing.topPMeans')}
        scale={topPScale}
        value={sampling.topP}
        shownValue={sampling.topP === 1 ? t('writing.off') : undefined}
        onChange={(topP) => change({ topP: clamp(topP, 0.01, 1) })}
      />
      <NumberControl
        label={t('writing.tokens')}
        explanation={t('writing.tokensMeans')}
        scale={tokensScale}
        value={tokens}
        onChange={(count) => setTokensToWrite(clamp(Math.round(count), 1, 1000))}
      />
    </div>
  );
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}
