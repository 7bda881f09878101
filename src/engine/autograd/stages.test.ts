/** Stages: what may run at the same time shares one, what depends on another waits. */
import { describe, expect, it } from 'vitest';
import { add } from '../kernels/add.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { Storage } from '../program/program.ts';
import { findStages } from './stages.ts';
import type { KernelCall } from './tape.ts';
import { fixedTensor, type Tensor } from './tensor.ts';

const storage = (label: string): Storage => ({ label, element: 'f32', length: 128 });
const tensor = (of: Storage, offset = 0): Tensor => fixedTensor(of, [64], offset);
const [a, b, c, d, e, f, g, h, i] = 'abcdefghi'.split('').map(storage);

const activation = (of: Storage): Tensor => ({ ...tensor(of), place: 'activation' });

/** output = x + y */
function sum(x: Tensor, y: Tensor, output: Tensor): KernelCall {
  return {
    kernel: add as Kernel,
    attributes: { length: 64, hasB: 1, accumulate: 0 },
    tensors: { a: x, b: y, output },
  };
}

/** The stage of each call. */
function numbers(calls: readonly KernelCall[]): number[] {
  const stages = findStages(calls);
  expect(stages.flat()).toHaveLength(calls.length);
  return calls.map((call) => stages.findIndex((stage) => stage.includes(call)));
}

describe('stages', () => {
  it('put calls together that share nothing but what they read', () => {
    expect(numbers([sum(tensor(a), tensor(b), tensor(c)), sum(tensor(a), tensor(b), tensor(d))])).toEqual([0, 0]);
  });

  it('let a call wait for what it reads, and for those that still read what it writes', () => {
    const first = sum(tensor(a), tensor(b), tensor(c));
    expect(numbers([first, sum(tensor(c), tensor(d), tensor(e))])).toEqual([0, 1]);
    expect(numbers([first, sum(tensor(d), tensor(e), tensor(a))])).toEqual([0, 1]);
    expect(numbers([first, sum(tensor(d), tensor(e), tensor(c))])).toEqual([0, 1]);
  });

  it('let two calls write one buffer in different places, but none read a buffer that is written', () => {
    const low = sum(tensor(a), tensor(b), tensor(c));
    expect(numbers([low, sum(tensor(d), tensor(e), tensor(c, 64))])).toEqual([0, 0]);
    expect(numbers([low, sum(tensor(c, 64), tensor(d), tensor(e))])).toEqual([0, 1]);
  });

  it('hold no more buffers than every device allows a shader', () => {
    const calls = [sum(tensor(a), tensor(b), tensor(c)), sum(tensor(d), tensor(e), tensor(f))];
    expect(numbers([...calls, sum(tensor(g), tensor(h), tensor(i))])).toEqual([0, 0, 1]);
  });

  it('take a call that writes no activation before others, as soon as what it reads is there', () => {
    const [made, used, done] = [d, e, f].map(activation);
    const first = [sum(tensor(a), tensor(b), made), sum(made, tensor(a), used), sum(used, tensor(b), done)];
    expect(numbers([...first, sum(made, tensor(a), tensor(c))])).toEqual([0, 1, 2, 1]);
    expect(numbers([...first, sum(made, tensor(a), activation(g))])).toEqual([0, 1, 2, 2]);
    expect(numbers([...first, sum(used, tensor(a), tensor(c))])).toEqual([0, 1, 2, 2]);
    expect(numbers([...first, sum(done, tensor(a), tensor(c))])).toEqual([0, 1, 2, 3]);
  });

  it('take none before a call that reads what it changes, nor into a stage without room', () => {
    const [made, used, done] = [d, e, f].map(activation);
    const reader = sum(used, tensor(c), done);
    const first = [sum(tensor(a), tensor(b), made), sum(made, tensor(a), used), reader];
    expect(numbers([...first, sum(made, tensor(a), tensor(c))])).toEqual([0, 1, 2, 3]);
    const full = sum(made, tensor(a), activation(g));
    const free = sum(used, tensor(b), done);
    expect(numbers([first[0], first[1], full, free, sum(made, tensor(a), tensor(c))])).toEqual([0, 1, 1, 2, 2]);
  });

  it('compare a call with all of its stage, not only the last', () => {
    const calls = [sum(tensor(a), tensor(a), tensor(b)), sum(tensor(a), tensor(a), tensor(c))];
    expect(numbers([...calls, sum(tensor(b), tensor(a), tensor(d))])).toEqual([0, 0, 1]);
  });
});
