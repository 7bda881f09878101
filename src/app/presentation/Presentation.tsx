/** The page for a projector: the sentence, the tiles, the ruler and the loss, large, and training from the keyboard. */
import { useDisclosure, useViewportSize } from '@mantine/hooks';
import { type CSSProperties, lazy, Suspense, useEffect, useRef } from 'react';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { useWords } from '../i18n/use-words.ts';
import { BlankView } from '../panels/BlankView.tsx';
import { PromptInput } from '../panels/PromptInput.tsx';
import { PromptView } from '../panels/PromptView.tsx';
import { RulerView } from '../panels/RulerView.tsx';
import { Sentence } from '../panels/Sentence.tsx';
import { SpokenLoss } from '../panels/SpokenLoss.tsx';
import { UndoLine } from '../panels/UndoLine.tsx';
import { useFillsBlanks } from '../panels/use-fills-blanks.ts';
import { useApp } from '../store/use-app.ts';
import { NowWriting } from './NowWriting.tsx';
import classes from './Presentation.module.css';
import { PresentationHeader } from './PresentationHeader.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const ComparePanel = lazy(() => import('../compare/ComparePanel.tsx'));
const LossView = lazy(() => import('../panels/LossView.tsx'));

/** The layout is drawn for this many pixels and enlarged to fill the screen: 1.6 times at 1920 × 1080. */
const drawnFor = { width: 1200, height: 675 };
/** What stands above and below the loss chart. */
const aroundChartPx = 280;

interface PresentationProps {
  readonly leave: () => void;
}

export default function Presentation({ leave }: PresentationProps) {
  const isComparing = useApp((state) => state.comparison.isOpen);
  const { width, height } = useViewportSize();
  const [hasHelp, { open: showHelp, close: hideHelp }] = useDisclosure(false);
  useShortcuts({ showHelp, leave });
  const zoom = Math.max(1, Math.floor(100 * Math.min(width / drawnFor.width, height / drawnFor.height)) / 100);
  const enlarged: CSSProperties = { zoom, ['--zoom' as string]: zoom };
  return (
    <div className={classes.page} style={enlarged}>
      <PresentationHeader leave={leave} showHelp={showHelp} />
      {isComparing ? (
        <main className={classes.comparison}>
          <Suspense>
            <ComparePanel isPresented />
          </Suspense>
        </main>
      ) : (
        <Stage zoom={zoom} />
      )}
      <ShortcutHelp isOpen={hasHelp} close={hideHelp} />
    </div>
  );
}

function Stage({ zoom }: { readonly zoom: number }) {
  const { t } = useWords();
  const fills = useFillsBlanks();
  const { height } = useViewportSize();
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus(), []);
  return (
    <>
      <main className={classes.stage}>
        <section ref={sheet} className={classes.sheet} tabIndex={-1} aria-label={t('predict.title')}>
          <ProblemLine place="backend" />
          <ProblemLine place="training" />
          <UndoLine />
          <Sentence />
          <div className={classes.prompt}>
            <PromptInput />
          </div>
          {fills ? <BlankView /> : <PromptView />}
          <div className={classes.ruler}>
            <RulerView />
          </div>
        </section>
        <div className={classes.side}>
          <Suspense fallback={<div />}>
            <LossView layout="narrow" height={Math.max(240, height / zoom - aroundChartPx)} />
          </Suspense>
          {!fills && <NowWriting />}
        </div>
      </main>
      <SpokenLoss />
    </>
  );
}
