/** The page: header, settings, the sheet with the predictions, charts, and one line at the foot. */
import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import classes from './App.module.css';
import { ActionButton } from './controls/ActionButton.tsx';
import { ProblemLine } from './controls/ProblemLine.tsx';
import { FallbackNotice } from './header/FallbackNotice.tsx';
import { Header } from './header/Header.tsx';
import { StatusText } from './header/StatusText.tsx';
import { TrainButtons } from './header/TrainButtons.tsx';
import { useWords } from './i18n/use-words.ts';
import { SettingsIcon } from './icons.tsx';
import { type Layout, useLayout } from './layout.ts';
import { ChartsPanel } from './panels/ChartsPanel.tsx';
import { DropTarget } from './panels/DropTarget.tsx';
import { InsideBar, type InsideName } from './panels/InsideBar.tsx';
import { PredictionPanel } from './panels/PredictionPanel.tsx';
import { RestartLine } from './panels/RestartLine.tsx';
import { Settings } from './panels/Settings.tsx';
import { SettingsNews } from './panels/SettingsNews.tsx';
import { SpokenLoss } from './panels/SpokenLoss.tsx';
import { UndoLine } from './panels/UndoLine.tsx';
import { useFillsBlanks } from './panels/use-fills-blanks.ts';
import { WeightsPanel } from './panels/WeightsPanel.tsx';
import { WritesNotPanel } from './panels/WritesNotPanel.tsx';
import { WritingPanel } from './panels/WritingPanel.tsx';
import { RunInView } from './store/RunScope.tsx';
import { useApp } from './store/use-app.ts';

const ComparePanel = lazy(() => import('./compare/ComparePanel.tsx'));
const Presentation = lazy(() => import('./presentation/Presentation.tsx'));

interface AppProps {
  /** Called once the page stands. */
  readonly onShown: () => void;
}

export function App({ onShown }: AppProps) {
  useModelColour();
  useEffect(onShown, [onShown]);
  const [view, setView] = useState<'page' | 'presentation' | 'returned'>('page');
  const present = useCallback(() => setView('presentation'), []);
  const leave = useCallback(() => setView('returned'), []);
  // Back on the page, the focus is where it was left.
  useEffect(() => {
    if (view === 'returned') document.getElementById('present')?.focus();
  }, [view]);
  if (view !== 'presentation') return <Page present={present} />;
  return (
    <Suspense>
      <Presentation leave={leave} />
    </Suspense>
  );
}

function Page({ present }: { readonly present: () => void }) {
  const { t } = useWords();
  const layout = useLayout();
  const isComparing = useApp((state) => state.comparison.isOpen);
  const [openName, setOpenName] = useState<InsideName>();
  const inside = <InsideBar layout={layout} openName={openName} setOpenName={setOpenName} />;
  return (
    <div className={classes.page} data-layout={layout}>
      <a className={classes.skip} href="#predictions">
        {t('skipToContent')}
      </a>
      <Header layout={layout} present={present} />
      <FallbackNotice />
      <div className={classes.problem}>
        <ProblemLine place="link" />
        <ProblemLine place="backend">
          <ReloadButton />
        </ProblemLine>
      </div>
      {isComparing ? <Comparison layout={layout} inside={inside} /> : <SingleRun layout={layout} inside={inside} />}
      <DropTarget />
      <Foot layout={layout} inside={inside} />
    </div>
  );
}

interface LayoutProps {
  readonly layout: Layout;
  /** The bar of the panels. */
  readonly inside: ReactNode;
}

function SingleRun({ layout, inside }: LayoutProps) {
  const { t } = useWords();
  const fills = useFillsBlanks();
  return (
    <>
      {layout !== 'wide' && (
        <div className={classes.question}>
          <RestartLine />
        </div>
      )}
      <main className={classes.columns}>
        {layout === 'wide' && (
          <div className={classes.side}>
            <Settings />
          </div>
        )}
        <div className={classes.centre}>
          {layout === 'medium' && <SettingsDrawer />}
          <section className={classes.sheet} id="predictions" aria-label={t('predict.title')}>
            <ProblemLine place="training" />
            <UndoLine />
            <PredictionPanel />
          </section>
          {layout !== 'wide' && <ChartsPanel layout={layout} />}
          {layout === 'narrow' && <Settings areFolded />}
          {layout === 'narrow' && inside}
          <section className={classes.after} aria-label={t('writing.title')}>
            {fills ? <WritesNotPanel /> : <WritingPanel />}
            <WeightsPanel />
          </section>
        </div>
        {layout === 'wide' && (
          <div className={classes.side}>
            <ChartsPanel layout={layout} />
          </div>
        )}
      </main>
      <SpokenLoss />
    </>
  );
}

function Comparison({ layout, inside }: LayoutProps) {
  return (
    <main className={classes.comparison} id="predictions">
      <Suspense>
        <ComparePanel />
      </Suspense>
      {layout === 'narrow' && inside}
    </main>
  );
}

/** Blue, or ochre where the present model fills blanks. */
function useModelColour(): void {
  const fills = useFillsBlanks();
  useEffect(() => {
    document.documentElement.dataset.model = fills ? 'masked' : 'causal';
  }, [fills]);
}

function ReloadButton() {
  const { t } = useWords();
  return (
    <div className={classes.reload}>
      <ActionButton size="small" onClick={() => location.reload()}>
        {t('problems.reload')}
      </ActionButton>
    </div>
  );
}

function SettingsDrawer() {
  const { t } = useWords();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <div>
      <ActionButton icon={<SettingsIcon />} onClick={open}>
        {t('header.settings')}
      </ActionButton>
      {!isOpen && <SettingsNews />}
      <Drawer
        opened={isOpen}
        onClose={close}
        size={320}
        lockScroll={false}
        title={t('header.settings')}
        transitionProps={{ duration: 160 }}
        closeButtonProps={{ 'aria-label': t('header.close') }}
      >
        <Settings />
      </Drawer>
    </div>
  );
}

/** The promise about the text; where the page is narrow, the controls of training at the thumb as well. */
function Foot({ layout, inside }: LayoutProps) {
  const { t } = useWords();
  const promise = <p className={classes.promise}>{t('footer.privacy')}</p>;
  if (layout !== 'narrow') {
    return (
      <footer className={classes.foot}>
        {inside}
        {promise}
      </footer>
    );
  }
  return (
    <footer>
      {promise}
      <div className={classes.thumb}>
        <RunInView>
          <TrainButtons size="large" />
          <StatusText isShort />
        </RunInView>
      </div>
    </footer>
  );
}
