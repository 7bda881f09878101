/** Tabs that open what lies behind the sheet: one panel at a time, above the bar or, on a narrow page, below its tab. */
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { IconButton } from '../controls/IconButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { CloseIcon, RunsIcon, SpeedIcon, TableIcon, TokensIcon } from '../icons.tsx';
import type { Layout } from '../layout.ts';
import { useApp } from '../store/use-app.ts';
import classes from './InsideBar.module.css';

/** Names of the panels under `inside` in the language files. */
export type InsideName = 'labels' | 'tokenizer' | 'speed' | 'runs';

interface InsidePanel {
  readonly name: InsideName;
  readonly icon: ReactNode;
  readonly Content: ComponentType<{ readonly close: () => void }>;
  /** True where it is about the one run in view. */
  readonly isOfOneRun: boolean;
}

const panels: readonly InsidePanel[] = [
  { name: 'labels', icon: <TableIcon />, Content: lazy(() => import('./LabelsPanel.tsx')), isOfOneRun: true },
  { name: 'tokenizer', icon: <TokensIcon />, Content: lazy(() => import('./TokenizerPanel.tsx')), isOfOneRun: true },
  { name: 'speed', icon: <SpeedIcon />, Content: lazy(() => import('./SpeedPanel.tsx')), isOfOneRun: true },
  { name: 'runs', icon: <RunsIcon />, Content: lazy(() => import('./RunsPanel.tsx')), isOfOneRun: false },
];

interface InsideBarProps {
  readonly layout: Layout;
  /** Held above, since each layout has the bar in another place. */
  readonly openName: InsideName | undefined;
  readonly setOpenName: (name: InsideName | undefined) => void;
}

export function InsideBar({ layout, openName, setOpenName }: InsideBarProps) {
  const { t } = useWords();
  const hasRun = useApp((state) => state.session.run !== undefined);
  const isComparing = useApp((state) => state.comparison.isOpen);
  const offered = panels.filter(({ isOfOneRun }) => !isComparing || !isOfOneRun);
  const tabs = useRef<HTMLDivElement>(null);
  const close = () => {
    tabs.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
    setOpenName(undefined);
  };
  const open = offered.find(({ name }) => name === openName);
  return (
    <section ref={tabs} className={classes.bar} data-layout={layout} aria-label={t('inside.title')}>
      {offered.map(({ name, icon }) => (
        <button
          key={name}
          type="button"
          className={classes.tab}
          aria-expanded={name === openName}
          disabled={!hasRun}
          onClick={() => (name === openName ? close() : setOpenName(name))}
        >
          {icon}
          {t(`inside.${name}`)}
        </button>
      ))}
      {open && hasRun && (
        <Opened key={open.name} name={t(`inside.${open.name}`)} onClose={close}>
          <open.Content close={close} />
        </Opened>
      )}
    </section>
  );
}

interface OpenedProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Takes the focus when it opens; Escape closes it. */
function Opened({ name, onClose, children }: OpenedProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      className={classes.panel}
      aria-label={name}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className={classes.close}>
        <IconButton label={t('inside.close')} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      <Suspense fallback={<div className={classes.place} />}>{children}</Suspense>
    </section>
  );
}
