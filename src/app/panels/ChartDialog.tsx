/** The curves of the run, large: any quantity, either scale on both axes, smoothing, readings, and files to keep. */
import { Modal } from '@mantine/core';
import '@mantine/core/styles/Modal.css';
import { useViewportSize } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { DetailChart } from '../charts/DetailChart.tsx';
import { stepAxis } from '../charts/step-axis.ts';
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { type DrawnColumn, drawnColumns } from '../store/history.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import { namedBaselines } from './baselines.ts';
import { ChartChoices, initialChoices } from './ChartChoices.tsx';
import classes from './ChartDialog.module.css';
import { DownloadMenu } from './DownloadMenu.tsx';
import { detailCurves, readingAt } from './detail-curves.ts';
import { useFillsBlanks } from './use-fills-blanks.ts';
import { stepInView } from './view.ts';

interface ChartDialogProps {
  readonly onClose: () => void;
}

/** Head, choices, reading and margins around the chart, in pixels. */
const aroundPx = 280;
const paceMs = 330;
const selectState = (state: AppState) => state;

export default function ChartDialog({ onClose }: ChartDialogProps) {
  const words = useWords();
  const { t, number, significant } = words;
  const fills = useFillsBlanks();
  const frame = useRef<HTMLDivElement>(null);
  const { height } = useViewportSize();
  const { session, prediction, history } = usePaced(selectState, paceMs);
  const [choices, setChoices] = useState(initialChoices);
  const [range, setRange] = useState<readonly [number, number]>();
  const [pointed, setPointed] = useState<number>();
  const lastStep = Math.max(1, session.step);
  const cursor = Math.min(lastStep, pointed ?? stepInView(session, prediction));
  const axis = useMemo(
    () => stepAxis(choices.stepScale, range?.[0] ?? 0, range?.[1] ?? lastStep),
    [choices.stepScale, range, lastStep],
  );
  const curves = useMemo(() => detailCurves(history, axis, choices, words), [history, axis, choices, words]);
  const readings = readingAt(history, choices, cursor, words);
  const at = t('ruler.step', { step: number(cursor) });
  const title = titleOf(choices.column, t);
  const { run } = session;
  const hasBaselines = choices.column === 'trainLoss' && range === undefined;
  const baselines = useMemo(
    () => (run && hasBaselines ? namedBaselines(run, fills, words) : []),
    [run, hasBaselines, fills, words],
  );
  const says = useMemo(
    () => ({ number: (value: number) => significant(value, 3), step: (value: number) => number(value) }),
    [significant, number],
  );
  return (
    <Modal
      lockScroll={false}
      opened
      onClose={onClose}
      size={1040}
      title={t('detail.title')}
      classNames={{ content: classes.content, header: classes.header, title: classes.title }}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('header.close') }}
    >
      <ChartChoices
        choices={choices}
        onChange={setChoices}
        columns={drawnColumns}
        nameOf={(name) => titleOf(name, t)}
      />
      <p className={classes.reading}>
        <b>{at}</b>
        {readings.map(({ kind, text }) => (
          <span key={kind} className={classes[kind]}>
            {text}
          </span>
        ))}
      </p>
      <div ref={frame}>
        <DetailChart
          curves={curves}
          baselines={baselines}
          axis={axis}
          valueScale={choices.valueScale}
          cursor={cursor}
          lastStep={lastStep}
          onCursor={setPointed}
          onZoom={setRange}
          height={Math.max(240, Math.min(560, height - aroundPx))}
          words={{
            chart: title,
            plane: t('detail.plane'),
            reading: [at, ...readings.map(({ text }) => text)].join(', '),
            ...says,
          }}
        />
      </div>
      <div className={classes.foot}>
        <p className={classes.hint}>{t('detail.hint')}</p>
        <ActionButton size="small" isDisabled={range === undefined} onClick={() => setRange(undefined)}>
          {t('detail.whole')}
        </ActionButton>
        <DownloadMenu title={title} findChart={() => frame.current?.querySelector('svg') ?? undefined} />
      </div>
    </Modal>
  );
}

function titleOf(column: DrawnColumn, t: ReturnType<typeof useWords>['t']): string {
  return column === 'trainLoss' ? t('loss.title') : t(`small.${column}`);
}
