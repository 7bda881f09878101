/** The ranking of variants: by what was timed at shapes of the kind, else of the family, else by preference. */
import { describe, expect, it } from 'vitest';
import { add } from '../kernels/add.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { type Kind, Ranking } from './ranking.ts';

const base = add as Kernel;

/** A kind of the kernel `name`, with variants a, b and c. */
function kindOf(name: string, switches: string): { kind: Kind; variants: Kernel[] } {
  const variants = ['a', 'b', 'c'].map((each) => ({ ...base, name: `${name} ${each}` }));
  return { kind: { name: `${name} ${switches}`, reference: { ...base, name } }, variants };
}

function names(kernels: readonly Kernel[]): string {
  return kernels.map(({ name }) => name.slice(-1)).join('');
}

describe('a ranking', () => {
  const { kind, variants } = kindOf('product', 'plain');
  const transposed = kindOf('product', 'transposed').kind;
  const ranking = new Ranking();
  const times = new Map([
    ['product a', 8],
    ['product b', 2],
  ]);

  it('keeps the order of preference as long as nothing was timed', () => {
    expect(names(ranking.order(kind, variants, 3))).toBe('abc');
    expect(ranking.knows(kind)).toBe(false);
  });

  it('puts the fastest first, and leaves out the hopeless, and what was out at this kind', () => {
    ranking.record(kind, variants, times);
    expect(ranking.knows(kind)).toBe(true);
    expect(names(ranking.order(kind, variants, 5))).toBe('ba');
    expect(names(ranking.order(kind, variants, 3))).toBe('b');
  });

  it('keeps the order of preference between variants that are about as fast', () => {
    const close = new Ranking();
    const measured = [2.1, 2, 2.4].map((ms, index) => [variants[index].name, ms] as const);
    close.record(kind, variants, new Map(measured));
    expect(names(close.order(kind, variants, 3))).toBe('abc');
    close.record(kind, variants, new Map(measured).set('product a', 2.3));
    expect(names(close.order(kind, variants, 3))).toBe('bac');
  });

  it('leaves one, where other kinds had one far faster that this kind lacks', () => {
    expect(names(ranking.order(transposed, variants.slice(0, 1), 3))).toBe('a');
    expect(names(ranking.order(kind, variants.slice(2), Number.MAX_VALUE))).toBe('');
  });

  it('goes by other kinds, and other kernels of a family, until a kind has times of its own', () => {
    expect(names(ranking.order(transposed, variants, 3))).toBe('bc');
    const { kind: backward, variants: others } = kindOf('product backward', 'plain');
    expect(names(ranking.order(backward, others, 3))).toBe('bc');
    ranking.record(transposed, variants.slice(0, 1), new Map([['product a', 1]]));
    expect(names(ranking.order(transposed, variants, 3))).toBe('abc');
    expect(names(ranking.order(kind, variants, 3))).toBe('b');
  });
});
