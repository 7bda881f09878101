/** The sentence that all models see, to edit, and other blanks for it. */
import { useId } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { useWords } from '../i18n/use-words.ts';
import { DiceIcon } from '../icons.tsx';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Compare.module.css';

export function SharedSentence() {
  const { t } = useWords();
  const { setPrompt, drawSharedBlanks } = useActions();
  const prompt = useApp((state) => state.prediction.prompt);
  const inputId = useId();
  return (
    <div>
      <div className={classes.sentenceRow}>
        <label className={classes.sentenceLabel} htmlFor={inputId}>
          {t('compare.sentence')} <span className={classes.hint}>{t('compare.hint')}</span>
        </label>
        <input
          id={inputId}
          className={classes.input}
          autoComplete="off"
          spellCheck={false}
          value={prompt}
          onChange={({ currentTarget }) => setPrompt(currentTarget.value)}
        />
        <ActionButton icon={<DiceIcon />} onClick={drawSharedBlanks}>
          {t('blanks.draw')}
        </ActionButton>
      </div>
      <ProblemLine place="prompt" />
    </div>
  );
}
