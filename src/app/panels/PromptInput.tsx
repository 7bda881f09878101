/** The prompt as text to edit; the tiles below show what becomes of it. */
import { useId } from 'react';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { ShadeKey } from '../drawings/ShadeKey.tsx';
import { capitalized, useNoun, useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';

export function PromptInput() {
  const { t, number } = useWords();
  const { setPrompt } = useActions();
  const inputId = useId();
  const noun = useNoun();
  const prompt = useApp((state) => state.prediction.prompt);
  const dropped = useApp((state) => state.prediction.watch.predictions.at(-1)?.dropped ?? 0);
  const hasRun = useApp((state) => state.session.run !== undefined);
  return (
    <div className={classes.prompt}>
      <div className={classes.promptHead}>
        <label className={classes.label} htmlFor={inputId}>
          {t('prompt.title')} <span className={classes.hint}>{t(`prompt.hint${capitalized(noun)}`)}</span>
        </label>
        <ShadeKey label={t(`prompt.key${capitalized(noun)}`)} />
      </div>
      <input
        id={inputId}
        className={classes.input}
        aria-label={t('prompt.input')}
        autoComplete="off"
        spellCheck={false}
        disabled={!hasRun}
        value={prompt}
        onChange={({ currentTarget }) => setPrompt(currentTarget.value)}
      />
      <ProblemLine place="prompt" />
      {dropped > 0 && (
        <p className={classes.hint}>{t('predict.dropped', { count: dropped, amount: number(dropped) })}</p>
      )}
    </div>
  );
}
