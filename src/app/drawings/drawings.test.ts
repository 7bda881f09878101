/** Shades, glyphs, and the geometry of ribbons. */
import { describe, expect, it } from 'vitest';
import { ribbons } from './ribbons.ts';
import { shadeStep, visibleText } from './shade.ts';
import { tileWidthOf } from './tile-width.ts';

it('shades follow their bounds', () => {
  expect([0, 0.049, 0.05, 0.14, 0.15, 0.35, 0.59, 0.6, 0.8, 1].map(shadeStep)).toEqual([0, 0, 1, 1, 2, 3, 3, 4, 5, 5]);
});

it('invisible characters are shown', () => {
  expect(visibleText('a b\n\t')).toBe('a␣b↵⇥');
  expect(visibleText('字😀')).toBe('字😀');
});

describe('ribbons', () => {
  const frame = { fromX: 100, tileWidth: 24, toX: 300, rowY: [40, 70, 100] };
  const drawn = ribbons([0.5, 0.25, 0], frame);

  it('are as wide as the probability, but never invisible', () => {
    expect(drawn[0].width).toBeCloseTo(2 * drawn[1].width, 1);
    expect(drawn[2].width).toBeGreaterThan(0);
  });

  it('start side by side under the tile and end at their rows', () => {
    const starts = drawn.map(({ path }) => Number(/^M([\d.]+),0/.exec(path)?.[1]));
    expect(starts[0]).toBeGreaterThan(starts[1]);
    expect(starts[1]).toBeGreaterThan(starts[2]);
    starts.forEach((start) => expect(Math.abs(start - frame.fromX)).toBeLessThan(frame.tileWidth / 2 + 1));
    drawn.forEach(({ path }, i) => expect(path.endsWith(`300,${frame.rowY[i]}`)).toBe(true));
  });
});

describe('tiles', () => {
  const tokens = (...texts: string[]) => texts.map((text, id) => ({ id, text, kind: 'text' as const }));

  it('share the room there is, and scroll where they would get too narrow', () => {
    expect(tileWidthOf(tokens(...'shall'), 5, 200)).toBe(40);
    expect(tileWidthOf(tokens(...'shall'), 100, 200)).toBe(22);
  });

  it('hold the longest token, and more of them where characters are wide', () => {
    const latin = tileWidthOf(tokens('a', 'whale'), 100, 200);
    expect(latin).toBeGreaterThan(5 * 9);
    expect(tileWidthOf(tokens('天', '今天天气真'), 100, 200)).toBeGreaterThan(latin);
  });
});
