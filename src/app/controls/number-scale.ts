/** Positions of a slider and the values they stand for, on linear and logarithmic scales. */
import type { NumberField } from '../../contract/catalog.ts';
import { formatExact, formatFixed, stepDigits } from '../format.ts';

export type Scale = Pick<NumberField, 'minimum' | 'maximum' | 'step' | 'scale'>;

/** Positions of a logarithmic slider; about 25 per decade on five decades. */
const logarithmicPositions = 120;
const finestLinear = 1000;

/** Highest position; the lowest is 0. */
export function positions(scale: Scale): number {
  if (scale.scale === 'logarithmic') return logarithmicPositions;
  return Math.min(finestLinear, Math.max(1, Math.round((scale.maximum - scale.minimum) / scale.step)));
}

/** The position nearest to a value. */
export function positionOf(value: number, scale: Scale): number {
  const { minimum, maximum } = scale;
  const clamped = Math.min(maximum, Math.max(minimum, value));
  const share =
    scale.scale === 'logarithmic'
      ? Math.log(clamped / minimum) / Math.log(maximum / minimum)
      : (clamped - minimum) / (maximum - minimum);
  return Math.round(share * positions(scale));
}

/** The value at a position: a multiple of the step, and two digits on a logarithmic scale. */
export function valueAt(position: number, scale: Scale): number {
  const { minimum, maximum, step } = scale;
  const share = position / positions(scale);
  if (scale.scale === 'linear') return onStep(minimum + share * (maximum - minimum), scale);
  const value = minimum * (maximum / minimum) ** share;
  const rounded = Number(value.toPrecision(2));
  return Math.min(maximum, Math.max(minimum, rounded < step * 10 ? onStep(rounded, scale) : rounded));
}

function onStep(value: number, { minimum, step }: Scale): number {
  const stepped = minimum + Math.round((value - minimum) / step) * step;
  return Number(stepped.toFixed(stepDigits(step)));
}

/** A value as the page shows it. */
export function formatValue(value: number, scale: Scale, locale: string): string {
  const digits = stepDigits(scale.step);
  if (digits > 0 && scale.scale === 'linear') return formatFixed(value, locale, digits);
  return formatExact(value, locale);
}

/** The number someone typed, or undefined where it is none. Digits may be grouped. */
export function parseValue(text: string): number | undefined {
  const plain = text.replaceAll(/[\s,，]/g, '');
  const value = Number(plain);
  return plain === '' || Number.isNaN(value) ? undefined : value;
}
