/** The prompt with its blanks, what the model puts into the boxed one, and how the chance of the right answer rose. */
import { BlankFigure, type BlankWords } from '../drawings/BlankFigure.tsx';
import { tileText } from '../drawings/shade.ts';
import { type Noun, useNoun, useWords, type Words } from '../i18n/use-words.ts';
import { seesRight } from '../store/architecture.ts';
import { blankChances, blanksAt, type PromptToken, promptTokens, shownBlank } from '../store/blanks.ts';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import classes from './PredictionPanel.module.css';
import { Rise } from './Rise.tsx';
import { spokenText } from './spoken-text.ts';
import { stepInView } from './view.ts';

const selectState = (state: AppState) => state;

export function BlankView() {
  const words = useWords();
  const noun = useNoun();
  const { toggleBlank, showBlank } = useActions();
  const { session, prediction: moment, blanks } = usePaced(selectState);
  const step = stepInView(session, moment);
  const prediction = blanksAt(blanks.watch, step);
  const { run, catalog } = session;
  if (!prediction || !run || !catalog) return <div className={classes.figurePlace} />;
  const tiles = promptTokens(blanks, prediction);
  const shown = shownBlank(blanks, tiles);
  const readsRight = seesRight(catalog, run.configuration);
  const truth = shown?.blank?.truth;
  return (
    <div className={classes.figurePlace}>
      <BlankFigure
        tiles={tiles}
        selected={shown ? tiles.indexOf(shown) : -1}
        seesRight={readsRight}
        vocabulary={run.plan.vocabulary}
        onShow={(index) => showBlank(tiles[index].position)}
        onToggle={(index) => toggleBlank(tiles[index].position)}
        words={figureWords({ tiles, shown, readsRight, noun }, words)}
      >
        {truth && shown && (
          <Rise
            token={truth.token.text}
            chances={blankChances(blanks, shown.position)}
            totalSteps={Math.max(run.configuration.schedule.totalSteps, session.step)}
            step={step}
            mark="square"
          />
        )}
        {shown?.blank && !truth && <p className={classes.after}>{words.t('blanks.unknown')}</p>}
      </BlankFigure>
    </div>
  );
}

interface Scene {
  readonly tiles: readonly PromptToken[];
  readonly shown: PromptToken | undefined;
  readonly readsRight: boolean;
  readonly noun: Noun;
}

function figureWords({ tiles, shown, readsRight, noun }: Scene, words: Words): BlankWords {
  const { t, number, percent } = words;
  const readable = (isHere: (token: PromptToken) => boolean) => {
    const count = tiles.filter((token) => !token.isBlank && isHere(token)).length;
    return t(`nouns.${noun}`, { count, amount: number(count) });
  };
  const position = shown?.position ?? 0;
  return {
    tiles: t('blanks.tiles'),
    nameOf: (index) => nameOf(tiles[index], words),
    left: t('blanks.left', { choices: readable((token) => token.position < position) }),
    right: readsRight
      ? t('blanks.right', { choices: readable((token) => token.position > position) })
      : t('prompt.hidden'),
    instead: t(shown ? 'blanks.waiting' : 'blanks.none'),
    list: t('blanks.drawing', { position: number(position + 1) }),
    truth: t('blanks.true'),
    others: (count) => t('prompt.others', { amount: number(count) }),
    number,
    percent,
  };
}

function nameOf({ token, isBlank, blank }: PromptToken, words: Words): string {
  const { t, percent } = words;
  const name = spokenText(token.text, words);
  const guess = blank?.candidates[0];
  if (!isBlank || !guess) return isBlank ? t('blanks.nameBlank', { token: name }) : name;
  const values = { token: name, guess: spokenText(tileText(guess.token), words), chance: percent(guess.probability) };
  if (!blank.truth) return t('blanks.nameWritten', values);
  return t('blanks.nameHidden', { ...values, chance: percent(blank.truth.probability) });
}
