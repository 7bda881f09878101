/** One sentence with one coloured number: how unsure the model is, as a count, and the count drawn. */
import { Rich } from '../controls/Rich.tsx';
import { Squares } from '../drawings/Squares.tsx';
import { nounOf, useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';
import { choicesOf, lossAt, stepInView } from './view.ts';

/** Above this many tokens the squares become a bar. */
const mostSquares = 100;
const selectState = (state: AppState) => state;

export function Sentence() {
  const { t, number } = useWords();
  const { session, prediction, history } = usePaced(selectState);
  if (!session.run) return <p className={classes.sentence}>{t('predict.empty')}</p>;
  const { vocabulary } = session.run.plan;
  const noun = nounOf(session.run.configuration.tokenizer);
  const step = stepInView(session, prediction);
  const loss = step === 0 ? undefined : lossAt(history, step);
  const choices = loss === undefined ? vocabulary : choicesOf(loss, vocabulary);
  const say = (amount: number) => t(`nouns.${noun}`, { count: amount, amount: number(amount, 1) });
  const values = { step: number(step), choices: say(choices) };
  const isPast = step < session.step;
  const hint = vocabulary > mostSquares ? 'predict.startHintBar' : 'predict.startHint';
  return (
    <div className={classes.part}>
      <h2 className={classes.label}>{t('predict.title')}</h2>
      <p className={classes.sentence}>
        <Rich text={t(sentenceKey(loss === undefined, isPast, choices), values)} />
      </p>
      <Squares choices={choices} vocabulary={vocabulary} />
      <p className={classes.after}>{loss === undefined ? t(hint) : t('predict.before', { amount: say(vocabulary) })}</p>
    </div>
  );
}

function sentenceKey(isStart: boolean, isPast: boolean, choices: number) {
  if (isStart) return 'predict.start';
  if (isPast) return 'predict.past';
  return choices < 2 ? 'predict.sure' : 'predict.now';
}
