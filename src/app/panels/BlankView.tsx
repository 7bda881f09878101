/** The prompt with its blanks, what the model puts into the boxed one, and how the chance of the right answer rose. */
import { BlankFigure } from '../drawings/BlankFigure.tsx';
import { useNoun, useWords } from '../i18n/use-words.ts';
import { seesRight } from '../store/architecture.ts';
import { blankChances, blanksAt, promptTokens, shownBlank } from '../store/blanks.ts';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import { blankWords } from './blank-words.ts';
import classes from './PredictionPanel.module.css';
import { Rise } from './Rise.tsx';
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
        words={blankWords({ tiles, shown, readsRight, noun }, words)}
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
