/** What it last wrote on its own, large enough to be read from the last row. */
import { useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './Presentation.module.css';

const selectSamples = (state: AppState) => state.prediction.samples;

export function NowWriting() {
  const { t } = useWords();
  const text = usePaced(selectSamples, 500).at(-1)?.text.trim();
  return (
    <section className={classes.now} aria-label={t('present.writes')}>
      <h2 className={classes.label}>{t('present.writes')}</h2>
      <p className={classes.text} lang={text && /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en'}>
        {text}
      </p>
    </section>
  );
}
