/** One sentence with one coloured number: how unsure the model is, as a count, and the count drawn. */
import { Rich } from '../controls/Rich.tsx';
import { Squares } from '../drawings/Squares.tsx';
import { nounOf, useWords } from '../i18n/use-words.ts';
import { fillsBlanks } from '../store/architecture.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import { namedBaselines, nearestBaseline } from './baselines.ts';
import { PlanWarnings } from './PlanWarnings.tsx';
import classes from './PredictionPanel.module.css';
import { choicesOf, isGuessing, lossAt, stepInView } from './view.ts';

/** Above this many tokens the squares become a bar. */
const mostSquares = 100;
const selectState = (state: AppState) => state;

export function Sentence() {
  const words = useWords();
  const { t, number } = words;
  const { session, prediction, history } = usePaced(selectState);
  if (!session.run) {
    return (
      <div className={`${classes.part} ${classes.said}`}>
        <h2 className={classes.label}>{t('predict.title')}</h2>
        <p className={classes.sentence}>{t('predict.empty')}</p>
      </div>
    );
  }
  const { vocabulary } = session.run.plan;
  const fills = fillsBlanks(session.catalog, session.run.configuration);
  const kind = fills ? 'blanks' : 'predict';
  const noun = nounOf(session.run.configuration.tokenizer);
  const step = stepInView(session, prediction);
  const lossOf = (at: number) => lossAt(history, at) ?? Number.POSITIVE_INFINITY;
  const loss = lossOf(step);
  const choices = choicesOf(loss, vocabulary);
  const first = choicesOf(lossOf(0), vocabulary);
  const isStart = step === 0 && isGuessing(choices, vocabulary);
  const say = (amount: number) => t(`nouns.${noun}`, { count: amount, amount: number(amount, 1) });
  const values = { step: number(step), choices: say(isStart ? vocabulary : choices) };
  const hint = vocabulary > mostSquares ? 'startHintBar' : 'startHint';
  const before = isGuessing(first, vocabulary)
    ? t('predict.before', { amount: say(vocabulary) })
    : t('predict.beforeLoaded', { amount: say(first) });
  const { baseline, isBeaten } = nearestBaseline(namedBaselines(session.run, fills, words), loss);
  const compared = t(isBeaten ? 'predict.beats' : 'predict.reaches', {
    baseline: baseline.name,
    amount: say(choicesOf(baseline.value, vocabulary)),
    before,
  });
  return (
    <div className={`${classes.part} ${classes.said}`}>
      <h2 className={classes.label}>{t(`${kind}.title`)}</h2>
      <p className={classes.sentence}>
        <Rich text={t(`${kind}.${sentenceKey(isStart, step < session.step, choices)}`, values)} />
      </p>
      <Squares choices={isStart ? vocabulary : choices} vocabulary={vocabulary} />
      <p className={classes.after}>{isStart && session.step === 0 ? t(`${kind}.${hint}`) : compared}</p>
      <PlanWarnings warnings={session.run.plan.warnings} />
    </div>
  );
}

function sentenceKey(isStart: boolean, isPast: boolean, choices: number) {
  if (isStart) return 'start';
  if (isPast) return 'past';
  return choices < 2 ? 'sure' : 'now';
}
