/** What lies behind the curves of every large chart: both axes, gridlines, and the baselines with their names. */
import { Fragment, useCallback, useMemo } from 'react';
import { usePlotArea, useYAxisScale, XAxis, YAxis, ZIndexLayer } from 'recharts';
import classes from './backdrop.module.css';
import type { Baseline } from './baseline.ts';
import { namedSteps, stepFraction } from './step-scale.ts';

export const figureClass = classes.figure;

/** Curves lie at 400, and their marks at 600. */
export const aboveLines = 450;
const aboveMarks = 650;

const tickStyle = { fill: 'var(--ink3)', fontSize: 12 } as const;
/** From 0 to 1: the place of a step on its axis. */
const wholeAxis: [number, number] = [0, 1];
/** How far a baseline's name stays from the line and from the edge. */
const namePx = 5;

/** The steps that an axis up to `totalSteps` names, by their places from 0 to 1. */
export function useStepNames(totalSteps: number, name: (step: number) => string): ReadonlyMap<number, string> {
  return useMemo(
    () => new Map(namedSteps(totalSteps).map((step) => [stepFraction(step, totalSteps), name(step)])),
    [totalSteps, name],
  );
}

interface BackdropProps {
  /** By their places from 0 to 1; the same object as long as they are the same. */
  readonly stepNames: ReadonlyMap<number, string>;
  /** Room for the names of the steps, in pixels. */
  readonly stepsHeight: number;
  readonly low: number;
  readonly high: number;
  readonly scale?: 'linear' | 'log';
  readonly ticks: readonly number[];
  readonly tickName: (value: number) => string;
  /** Room for the names of the ticks, in pixels. */
  readonly ticksWidth: number;
  readonly baselines: readonly Baseline[];
  readonly baselineValue: (value: number) => string;
}

/** Hands recharts what is new only where it is: whatever it is told, it works out the whole chart again. */
export function Backdrop(props: BackdropProps) {
  const { stepNames, stepsHeight, low, high, scale = 'linear', ticks, tickName, ticksWidth } = props;
  const steps = useMemo(() => [...stepNames.keys()], [stepNames]);
  const stepName = useCallback((place: number) => stepNames.get(place) ?? '', [stepNames]);
  const domain = useMemo((): [number, number] => [low, high], [low, high]);
  return (
    <>
      <XAxis
        dataKey="x"
        type="number"
        domain={wholeAxis}
        allowDataOverflow
        allowDuplicatedCategory={false}
        ticks={steps}
        tickFormatter={stepName}
        stroke="var(--edge)"
        tick={tickStyle}
        height={stepsHeight}
      />
      <YAxis
        type="number"
        scale={scale}
        domain={domain}
        allowDataOverflow
        ticks={ticks}
        tickFormatter={tickName}
        width={ticksWidth}
        stroke="none"
        tick={tickStyle}
      />
      <Gridlines ticks={ticks} />
      <Baselines baselines={props.baselines} say={props.baselineValue} />
    </>
  );
}

function Gridlines({ ticks }: { readonly ticks: readonly number[] }) {
  const area = usePlotArea();
  const place = useYAxisScale();
  if (!area || !place) return null;
  const path = ticks.map((tick) => `M${area.x},${place(tick)}h${area.width}`).join('');
  return <path d={path} fill="none" stroke="var(--rule)" />;
}

interface BaselinesProps {
  readonly baselines: readonly Baseline[];
  readonly say: (value: number) => string;
}

/** Dashed lines; name and value stand above curves and marks, or these would cross them out. */
function Baselines({ baselines, say }: BaselinesProps) {
  const area = usePlotArea();
  const place = useYAxisScale();
  if (!area || !place) return null;
  const right = area.x + area.width;
  return baselines.map(({ name, value, dash }) => {
    const y = place(value);
    if (y === undefined) return null;
    const label = { x: right - namePx, y: y - namePx, textAnchor: 'end', fill: 'var(--ink)', fontSize: 13 } as const;
    return (
      <Fragment key={name}>
        <path d={`M${area.x},${y}H${right}`} fill="none" stroke="var(--ink)" strokeDasharray={dash} />
        <ZIndexLayer zIndex={aboveMarks}>
          <text className={classes.halo} {...label}>{`${name} ${say(value)}`}</text>
        </ZIndexLayer>
      </Fragment>
    );
  });
}
