/** Loops written out: each turn has its own constant, nested ones too; long loops stay, and none may be left early. */
import { expect, it } from 'vitest';
import { writtenOut } from './written-out.ts';

const lines = (text: string) => text.split('\n').map((line) => line.trim());

it('gives every turn its number as a constant', () => {
  const text = 'before\nfor (var i = 0u; i < SHARE; i++) { if (i > 0u) { sum += kept[i]; } }\nafter';
  expect(lines(writtenOut(text, 'SHARE', 2))).toEqual([
    'before',
    '{ const i = 0u; if (i > 0u) { sum += kept[i]; } }',
    '{ const i = 1u; if (i > 0u) { sum += kept[i]; } }',
    'after',
  ]);
});

it('writes out loops within loops, and those after', () => {
  const inner = 'for (var b = 0u; b < N; b++) { f(a, b); }';
  const text = `for (var a = 0u; a < N; a++) { ${inner} }\nfor (var c = 0u; c < N; c++) { g(c); }`;
  const written = writtenOut(text, 'N', 3);
  expect(written).not.toContain('for');
  expect(written.match(/f\(a, b\);/g)).toHaveLength(9);
  expect(written.match(/g\(c\);/g)).toHaveLength(3);
});

it('leaves long loops, and those up to something else', () => {
  const text = 'for (var i = 0u; i < SHARE; i++) { f(i); }';
  expect(writtenOut(text, 'SHARE', 17)).toBe(text);
  expect(writtenOut(text, 'ROWS', 2)).toBe(text);
});

it('refuses a loop that may be left early', () => {
  const text = 'for (var i = 0u; i < SHARE; i++) { if (i > 3u) { continue; } f(i); }';
  expect(() => writtenOut(text, 'SHARE', 2)).toThrow('SHARE is left early');
});
