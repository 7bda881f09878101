/** The loss, four small charts, and the run log. */
import { lazy, Suspense } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { saveFile } from '../files.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Layout } from '../layout.ts';
import { runLog } from '../run-log.ts';
import { useApp, useAppStore } from '../store/use-app.ts';
import classes from './ChartsPanel.module.css';

const LossView = lazy(() => import('./LossView.tsx'));
const SmallCharts = lazy(() => import('./SmallCharts.tsx'));

interface ChartsPanelProps {
  readonly layout: Layout;
}

export function ChartsPanel({ layout }: ChartsPanelProps) {
  return (
    <div className={classes.panel} data-layout={layout}>
      <Suspense fallback={<div className={classes.place} />}>
        <LossView layout={layout} />
      </Suspense>
      <div>
        <Suspense>
          <SmallCharts />
        </Suspense>
        <RunLogButton />
      </div>
    </div>
  );
}

function RunLogButton() {
  const { t } = useWords();
  const store = useAppStore();
  const hasRun = useApp((state) => state.session.run !== undefined);
  const save = () => {
    const { points, evaluations } = store.getState().history;
    saveFile(runLog(points, evaluations), 'run-log.csv', 'text/csv');
  };
  return (
    <div className={classes.log}>
      <ActionButton size="small" isDisabled={!hasRun} onClick={save}>
        {t('small.runLog')}
      </ActionButton>
    </div>
  );
}
