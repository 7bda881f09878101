/** The prompt as tiles with the candidates of the boxed one, and how the chance of the right answer rose. */
import { useMemo } from 'react';
import type { Prediction } from '../../contract/results.ts';
import { ActionButton } from '../controls/ActionButton.tsx';
import { PromptFigure, type PromptWords } from '../drawings/PromptFigure.tsx';
import { type Noun, useNoun, useWords, type Words } from '../i18n/use-words.ts';
import { predictionAt, shownPosition } from '../store/prediction.ts';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';
import { Rise } from './Rise.tsx';
import { spokenText } from './spoken-text.ts';
import { chancesAt, stepInView } from './view.ts';

const selectState = (state: AppState) => state;

export function PromptView() {
  const words = useWords();
  const { t, number } = words;
  const noun = useNoun();
  const { showPosition, viewStep } = useActions();
  const { session, prediction: state } = usePaced(selectState);
  const step = stepInView(session, state);
  const known = predictionAt(state.watch, step);
  const firstKnown = state.watch.predictions[0];
  const prediction = known ?? (firstKnown && unasked(firstKnown));
  const vocabulary = session.run?.plan.vocabulary ?? 0;
  const selected = prediction ? shownPosition(state, prediction) : 0;
  const spoken = useMemo(() => figureWords({ prediction, selected, noun }, words), [prediction, selected, noun, words]);
  if (!prediction) return <div className={classes.figurePlace} />;
  const token = prediction.tokens[selected];
  return (
    <div className={classes.figurePlace}>
      <PromptFigure
        prediction={prediction}
        vocabulary={vocabulary}
        selected={selected}
        onSelect={showPosition}
        words={spoken}
        instead={
          !known && (
            <div className={classes.unasked}>
              <p>{t('prompt.unasked', { step: number(step), first: number(firstKnown.step) })}</p>
              <ActionButton size="small" onClick={() => viewStep(firstKnown.step)}>
                {t('prompt.showFirst', { step: number(firstKnown.step) })}
              </ActionButton>
            </div>
          )
        }
      >
        {token && selected > 0 && (
          <Rise
            token={token.text}
            chances={chancesAt(state, selected)}
            totalSteps={Math.max(session.run?.configuration.schedule.totalSteps ?? 1, session.step)}
            step={step}
            mark="circle"
          />
        )}
      </PromptFigure>
    </div>
  );
}

/** The prompt at a step when nobody had asked about it: its tokens, and no chances. */
function unasked(prediction: Prediction): Prediction {
  return { ...prediction, given: prediction.tokens.map(() => null), candidates: [] };
}

interface Scene {
  readonly prediction: Prediction | undefined;
  readonly selected: number;
  readonly noun: Noun;
}

function figureWords({ prediction, selected, noun }: Scene, words: Words): PromptWords {
  const { t, number, percent } = words;
  const counted = t(`nouns.${noun}`, { count: selected, amount: number(selected) });
  return {
    tiles: t('prompt.title'),
    nameOf: (position) => nameOf(prediction, position, words),
    reads: t('prompt.reads', { choices: counted }),
    hidden: t('prompt.hidden'),
    first: t('prompt.first'),
    list: t('prompt.drawing', { position: number(selected + 1) }),
    truth: t('prompt.true', { noun: t(`noun.${noun}`) }),
    others: (count) => t('prompt.others', { amount: number(count) }),
    number,
    percent,
  };
}

function nameOf(prediction: Prediction | undefined, position: number, words: Words): string {
  const token = prediction?.tokens[position];
  if (!token) return words.t('prompt.next');
  const chance = prediction?.given[position];
  const spoken = spokenText(token.text, words);
  return typeof chance === 'number' ? `${spoken}, ${words.percent(chance)}` : spoken;
}
