/** The slide rule of training time: what is trained is solid, what is to come is hatched, a hairline marks the step in view. */
import { type KeyboardEvent, memo, type PointerEvent } from 'react';
import { stepAt, stepFraction, stepTicks } from '../charts/step-scale.ts';
import classes from './Ruler.module.css';
import { useWidth } from './use-width.ts';

interface RulerProps {
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  readonly viewStep: number;
  /** First step at which the prompt was asked; a line marks the stretch that can be seen. */
  readonly watchedFrom: number;
  /** Something stands at the right end of the line above, and the position must not cover it. */
  readonly isBackShown: boolean;
  readonly onView: (step: number) => void;
  /** Name of the slider. */
  readonly label: string;
  /** 'step 1,240, now' */
  readonly position: string;
  readonly number: (value: number) => string;
}

const height = 34;
const inset = 12;
const widestName = 48;
/** Half the room of the words above the hand, what the title takes at the left, and the way back at the right. */
const half = 52;
const titleReach = 18;
const backReach = 92;

/** A name here would run over the right edge. */
function isAtEnd(left: number, width: number): boolean {
  return left > width - widestName;
}

/** The middle of the words above the hand: over it, but clear of what stands at both ends of their line. */
function wordsAt(hand: number, width: number, isBackShown: boolean): number {
  const end = width - half - (isBackShown ? backReach : 0);
  return Math.max(titleReach + half, Math.min(end, hand));
}

export const Ruler = memo(function Ruler(props: RulerProps) {
  const { step, totalSteps, viewStep, watchedFrom, isBackShown, onView, label, position, number } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const inner = Math.max(1, width - 2 * inset);
  const x = (each: number) => inset + stepFraction(each, totalSteps) * inner;
  const view = (each: number) => onView(Math.max(0, Math.min(step, each)));

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const left = event.currentTarget.getBoundingClientRect().left + inset;
    view(stepAt((event.clientX - left) / inner, totalSteps));
  };
  const press = (event: KeyboardEvent) => {
    const by = Math.max(1, Math.round(viewStep * 0.1));
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: viewStep - 1,
      ArrowDown: viewStep - 1,
      ArrowRight: viewStep + 1,
      ArrowUp: viewStep + 1,
      PageDown: viewStep - by,
      PageUp: viewStep + by,
      Home: 0,
      End: step,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    view(target);
  };

  return (
    <div className={classes.frame}>
      <div
        ref={ref}
        className={classes.ruler}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={step}
        aria-valuenow={viewStep}
        aria-valuetext={position}
        onPointerDown={drag}
        onPointerMove={drag}
        onKeyDown={press}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <title>{label}</title>
            <defs>
              <pattern id="untrained" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line y2="7" className={classes.hatch} />
              </pattern>
            </defs>
            <rect className={classes.well} width={width} height={height} />
            <rect x={x(step)} width={Math.max(0, x(totalSteps) - x(step))} height={height} fill="url(#untrained)" />
            {stepTicks(totalSteps).map((tick) => (
              <line
                key={tick.step}
                className={classes.tick}
                x1={x(tick.step)}
                x2={x(tick.step)}
                y2={tick.isMajor ? 17 : 8}
              />
            ))}
            {stepTicks(totalSteps)
              .filter((tick) => tick.isMajor)
              .map((tick) => (
                <text
                  key={tick.step}
                  className={classes.name}
                  x={x(tick.step) + (isAtEnd(x(tick.step), width) ? -4 : 4)}
                  y={height - 5}
                  textAnchor={isAtEnd(x(tick.step), width) ? 'end' : 'start'}
                >
                  {number(tick.step)}
                </text>
              ))}
            {watchedFrom > 0 && (
              <line className={classes.watched} x1={x(watchedFrom)} x2={x(step)} y1={height - 1} y2={height - 1} />
            )}
            <line className={classes.hair} x1={x(viewStep)} x2={x(viewStep)} y2={height} />
          </svg>
        )}
        <span className={classes.handle} style={{ left: x(viewStep) }} />
        <span
          className={classes.position}
          style={{ left: wordsAt(x(viewStep), width, isBackShown) }}
          aria-hidden="true"
        >
          {position}
        </span>
      </div>
    </div>
  );
});
