/** Asks before settings replace a run that has learned something, and leads back where they failed. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { objectiveOf } from '../store/architecture.ts';
import { settingPlaces } from '../store/problems.ts';
import { hasTrained } from '../store/session.ts';
import { needsRestart } from '../store/settings.ts';
import type { AppState } from '../store/state.ts';
import { useActions, useApp, usePaced } from '../store/use-app.ts';
import classes from './Settings.module.css';

const selectStep = (state: AppState) => state.session.step;

export function RestartLine() {
  const { t, number, label } = useWords();
  const { startAgain, keepRun } = useActions();
  const question = useApp(selectQuestion);
  const step = usePaced(selectStep, 500);
  const objective = useApp(selectNewObjective);
  if (!question) return null;
  const values = { step: number(step), objective: objective ? label(objective.label) : '' };
  return (
    <div className={classes.restart} role="status">
      {question === 'failed' ? t('restart.failed') : t(objective ? 'restart.losesObjective' : 'restart.loses', values)}
      <div className={classes.row}>
        {question === 'loses' && (
          <ActionButton size="small" onClick={startAgain}>
            {t('restart.start')}
          </ActionButton>
        )}
        <ActionButton size="small" onClick={keepRun}>
          {t('restart.keep')}
        </ActionButton>
      </div>
    </div>
  );
}

/** The objective that the draft would change to. */
function selectNewObjective({ session, settings }: AppState) {
  const { draft } = settings;
  if (!draft || draft.objective === session.run?.configuration.objective) return undefined;
  return objectiveOf(session.catalog, draft);
}

function selectQuestion({ session, settings, problems }: AppState): 'loses' | 'failed' | undefined {
  const { run, catalog, configuring } = session;
  if (!run || !catalog || configuring || !needsRestart(settings, catalog, run)) return undefined;
  if (settingPlaces.some((place) => problems[place])) return 'failed';
  return hasTrained(session) ? 'loses' : undefined;
}
