/** The prompt as tiles with the candidates of the boxed one, and how the chance of the right answer rose. */
import { useCallback, useMemo } from 'react';
import type { Prediction } from '../../contract/messages.ts';
import { ActionButton } from '../controls/ActionButton.tsx';
import { Rich } from '../controls/Rich.tsx';
import { PromptFigure, type PromptWords } from '../drawings/PromptFigure.tsx';
import { RiseChart } from '../drawings/RiseChart.tsx';
import { visibleText } from '../drawings/shade.ts';
import { useNoun, useWords } from '../i18n/use-words.ts';
import { predictionAt, shownPosition } from '../store/prediction.ts';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';
import { chancesAt, stepInView } from './view.ts';

const selectState = (state: AppState) => state;

export function PromptView() {
  const { t, number, percent } = useWords();
  const noun = useNoun();
  const { showPosition, viewStep } = useActions();
  const { session, prediction: state } = usePaced(selectState);
  const step = stepInView(session, state);
  const known = predictionAt(state.watch, step);
  const firstKnown = state.watch.predictions[0];
  const prediction = known ?? (firstKnown && unasked(firstKnown));
  const vocabulary = session.run?.plan.vocabulary ?? 0;
  const selected = prediction ? shownPosition(state, prediction) : 0;
  const select = useCallback((position: number) => showPosition(position), [showPosition]);
  const words = useMemo((): PromptWords => {
    const counted = t(`nouns.${noun}`, { count: selected, amount: number(selected) });
    return {
      tiles: t('prompt.title'),
      nameOf: (position) => nameOf(position),
      reads: t('prompt.reads', { choices: counted }),
      hidden: t('prompt.hidden'),
      first: t('prompt.first'),
      list: t('prompt.drawing', { position: number(selected + 1) }),
      truth: t('prompt.true', { noun: t(`noun.${noun}`) }),
      others: (count) => t('prompt.others', { amount: number(count) }),
      number,
      percent,
    };

    function nameOf(position: number): string {
      const token = prediction?.tokens[position];
      if (!token) return t('prompt.next');
      const spoken: Record<string, string> = { ' ': t('prompt.space'), '\n': t('prompt.newline') };
      const chance = prediction?.given[position];
      return `${spoken[token.text] ?? token.text}${typeof chance === 'number' ? `, ${percent(chance)}` : ''}`;
    }
  }, [t, noun, number, percent, prediction, selected]);
  if (!prediction) return <div className={classes.figurePlace} />;
  const token = prediction.tokens[selected];
  const chances = chancesAt(state, selected);
  const totalSteps = Math.max(session.run?.configuration.schedule.totalSteps ?? 1, session.step);
  return (
    <div className={classes.figurePlace}>
      <PromptFigure
        prediction={prediction}
        vocabulary={vocabulary}
        selected={selected}
        onSelect={select}
        words={words}
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
          <>
            <h3 className={classes.rise}>
              <Rich
                text={t('prompt.rise', { token: visibleText(token.text), interpolation: { escapeValue: false } })}
              />
            </h3>
            <RiseChart
              chances={chances}
              totalSteps={totalSteps}
              viewStep={step}
              label={t('prompt.rise', { token: token.text }).replaceAll(/<\/?b>/g, '')}
              percent={percent}
              number={number}
            />
          </>
        )}
      </PromptFigure>
    </div>
  );
}

/** The prompt at a step when nobody had asked about it: its tokens, and no chances. */
function unasked(prediction: Prediction): Prediction {
  return { ...prediction, given: prediction.tokens.map(() => null), candidates: [] };
}
