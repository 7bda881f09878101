/** Tokens files of the step benchmark: how their numbers become batches. */
import { describe, expect, it } from 'vitest';
import { labelledBatches, nextTokenBatches } from './step-batches.ts';

describe('labelled batches', () => {
  // Two batches of two windows of three: ids, then labels.
  const values = Int32Array.of(
    1,
    2,
    3,
    -100,
    2,
    -100,
    4,
    0,
    1,
    4,
    -100,
    1,
    0,
    0,
    0,
    -100,
    -100,
    -100,
    3,
    3,
    3,
    -100,
    -100,
    2,
  );

  it('hold as many slots as the fullest batch has labels, rounded up, and weigh each label alike', () => {
    const { batches, capacity } = labelledBatches(values, 2, 3, 5);
    expect(capacity).toBe(4);
    expect([...batches[0].tokens]).toEqual([1, 2, 3, 4, 0, 1]);
    expect([...(batches[0].chosen?.positions ?? [])]).toEqual([1, 3, 5, -1]);
    expect([...batches[0].targets]).toEqual([2, 4, 1, -100]);
    expect([...batches[0].weights].map((weight) => weight.toFixed(4))).toEqual([
      '0.3333',
      '0.3333',
      '0.3333',
      '0.0000',
    ]);
    expect([...batches[1].targets]).toEqual([2, -100, -100, -100]);
    expect([...batches[1].weights]).toEqual([1, 0, 0, 0]);
  });

  it('are refused where a label is no token, and where none counts', () => {
    const change = (at: number, value: number) => values.map((each, i) => (i === at ? value : each));
    expect(() => labelledBatches(change(4, -1), 2, 3, 5)).toThrow('token -1');
    expect(() => labelledBatches(change(4, 5), 2, 3, 5)).toThrow('token 5');
    expect(() => labelledBatches(change(23, -100), 2, 3, 5)).toThrow('batch 1 has no label');
  });
});

it('next-token batches take their targets one to the right', () => {
  const { batches, capacity } = nextTokenBatches(Int32Array.of(1, 2, 3, 4, 5, 6), 2, 2, 7);
  expect(capacity).toBeUndefined();
  expect([[...batches[0].tokens], [...batches[0].targets]]).toEqual([
    [1, 2, 4, 5],
    [2, 3, 5, 6],
  ]);
});
