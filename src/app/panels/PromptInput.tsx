/** The prompt as text to edit; the tiles below show what becomes of it. */
import { useId } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { ShadeKey } from '../drawings/ShadeKey.tsx';
import { capitalized, useNoun, useWords } from '../i18n/use-words.ts';
import { DiceIcon } from '../icons.tsx';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';
import { useFillsBlanks } from './use-fills-blanks.ts';

export function PromptInput() {
  const { t, number } = useWords();
  const { setPrompt, drawBlanks } = useActions();
  const inputId = useId();
  const noun = useNoun();
  const prompt = useApp((state) => state.prediction.prompt);
  const fills = useFillsBlanks();
  const dropped = useApp((state) => state.prediction.watch.predictions.at(-1)?.dropped ?? 0);
  const droppedBlanks = useApp((state) => state.blanks.watch.predictions.at(-1)?.dropped ?? 0);
  const cut = fills ? droppedBlanks : dropped;
  const hasRun = useApp((state) => state.session.run !== undefined);
  return (
    <div className={classes.prompt}>
      <div className={classes.promptHead}>
        <label className={classes.label} htmlFor={inputId}>
          {t('prompt.title')}{' '}
          <span className={classes.hint}>{t(`${fills ? 'blanks' : 'prompt'}.hint${capitalized(noun)}`)}</span>
        </label>
        <ShadeKey label={fills ? t('blanks.key') : t(`prompt.key${capitalized(noun)}`)} />
      </div>
      <div className={classes.inputRow}>
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
        {fills && (
          <ActionButton icon={<DiceIcon />} onClick={drawBlanks}>
            {t('blanks.draw')}
          </ActionButton>
        )}
      </div>
      <ProblemLine place="prompt" />
      {cut > 0 && <p className={classes.hint}>{t('predict.dropped', { count: cut, amount: number(cut) })}</p>}
    </div>
  );
}
