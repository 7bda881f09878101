/** Sliders: every position gives a value inside the limits, and a value finds its position again. */
import { describe, expect, it } from 'vitest';
import { formatValue, parseValue, positionOf, positions, type Scale, valueAt } from './number-scale.ts';

const width: Scale = { minimum: 16, maximum: 768, step: 16, scale: 'linear' };
const rate: Scale = { minimum: 0.00001, maximum: 0.1, step: 0.00001, scale: 'logarithmic' };
const batch: Scale = { minimum: 1, maximum: 256, step: 1, scale: 'logarithmic' };
const epsilon: Scale = { minimum: 1e-12, maximum: 0.01, step: 1e-12, scale: 'logarithmic' };

describe.each([
  ['width', width],
  ['rate', rate],
  ['batch', batch],
  ['epsilon', epsilon],
])('%s', (_, scale) => {
  it('reaches both ends', () => {
    expect(valueAt(0, scale)).toBe(scale.minimum);
    expect(valueAt(positions(scale), scale)).toBe(scale.maximum);
  });

  it('rises and stays inside', () => {
    const values = Array.from({ length: positions(scale) + 1 }, (_, position) => valueAt(position, scale));
    for (const [index, value] of values.entries()) {
      expect(value).toBeGreaterThanOrEqual(index > 0 ? values[index - 1] : scale.minimum);
      expect(value).toBeLessThanOrEqual(scale.maximum);
    }
  });
});

it('linear positions are the steps', () => {
  expect(valueAt(1, width)).toBe(32);
  expect(positionOf(128, width)).toBe(7);
});

it('values are whole where the step is', () => {
  expect(Number.isInteger(valueAt(50, batch))).toBe(true);
});

it('values show what their step needs', () => {
  expect(formatValue(0.1, { minimum: 0, maximum: 0.9, step: 0.01, scale: 'linear' }, 'en')).toBe('0.10');
  expect(formatValue(0.003, rate, 'en')).toBe('0.003');
  expect(formatValue(100000, batch, 'en')).toBe('100,000');
});

it('tiny values are shown by their power of ten, as they may be typed', () => {
  expect([1e-12, 2.5e-9, 1e-8, 1e-5].map((value) => formatValue(value, epsilon, 'en'))).toEqual([
    '1e-12',
    '2.5e-9',
    '1e-8',
    '0.00001',
  ]);
  expect(parseValue('2.5e-9')).toBe(2.5e-9);
  expect(valueAt(positionOf(1e-8, epsilon), epsilon)).toBe(1e-8);
});

it('typed numbers may be grouped, and other text is none', () => {
  expect(parseValue('1,000')).toBe(1000);
  expect(parseValue('0.003')).toBe(0.003);
  expect(parseValue('many')).toBeUndefined();
  expect(parseValue('')).toBeUndefined();
});
