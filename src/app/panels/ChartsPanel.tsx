/** The loss, four small charts, a large view of them, and the run log. */
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { WhenNear } from '../controls/WhenNear.tsx';
import { useWords } from '../i18n/use-words.ts';
import type { Layout } from '../layout.ts';
import { saveRunLog } from '../run-log.ts';
import { useApp, useAppStore } from '../store/use-app.ts';
import classes from './ChartsPanel.module.css';

const LossView = lazy(() => import('./LossView.tsx'));
const ChartDialog = lazy(() => import('./ChartDialog.tsx'));
const SmallCharts = lazy(() => import('./SmallCharts.tsx'));

interface ChartsPanelProps {
  readonly layout: Layout;
}

export function ChartsPanel({ layout }: ChartsPanelProps) {
  return (
    <div className={classes.panel} data-layout={layout}>
      <WhenNear place={<div className={classes.place} />}>
        <Suspense fallback={<div className={classes.place} />}>
          <LossView layout={layout} />
        </Suspense>
      </WhenNear>
      <div>
        <WhenNear place={<div className={classes.smallPlace} />}>
          <Suspense fallback={<div className={classes.smallPlace} />}>
            <SmallCharts />
          </Suspense>
        </WhenNear>
        <div className={classes.files}>
          <EnlargeButton />
          <RunLogButton />
        </div>
      </div>
    </div>
  );
}

function EnlargeButton() {
  const { t } = useWords();
  const hasRun = useApp((state) => state.session.run !== undefined);
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <ActionButton size="small" isDisabled={!hasRun} onClick={open}>
        {t('detail.open')}
      </ActionButton>
      {isOpen && (
        <Suspense>
          <ChartDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function RunLogButton() {
  const { t } = useWords();
  const store = useAppStore();
  const hasRun = useApp((state) => state.session.run !== undefined);
  return (
    <ActionButton size="small" isDisabled={!hasRun} onClick={() => saveRunLog(store.getState().history)}>
      {t('small.runLog')}
    </ActionButton>
  );
}
