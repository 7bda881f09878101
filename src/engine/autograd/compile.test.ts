/** The compiler: fusion keeps every result, unread calls go, and slots never hold two live tensors. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../testing/backends.ts';
import { normal } from '../../testing/numbers.ts';
import { kernelNames } from '../../testing/op-test.ts';
import { add } from '../ops/add.ts';
import { addBias } from '../ops/bias.ts';
import { dropout } from '../ops/dropout.ts';
import { gelu } from '../ops/gelu.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { matmul } from '../ops/matmul.ts';
import type { Storage } from '../program/program.ts';
import { compile } from './compile.ts';
import { planMemory } from './memory-plan.ts';
import { Tape } from './tape.ts';
import { fixedTensor, sizeOf, type Tensor } from './tensor.ts';

/** A residual block with everything that fuses, its inputs as parameters, and a root of given weights. */
function recordBlock(rate: number) {
  const counters: Storage = { label: 'counters', element: 'u32', length: 4, uniform: true };
  const tape = new Tape(fixedTensor(counters, [4]));
  const inputs: Storage[] = [counters];
  const gradients: Storage[] = [];
  const input = (shape: number[]): Tensor => {
    const storage: Storage = { label: `input ${inputs.length}`, element: 'f32', length: sizeOf(shape) };
    const gradient: Storage = { ...storage, label: `gradient ${inputs.length}` };
    inputs.push(storage);
    gradients.push(gradient);
    return fixedTensor(storage, shape, 0, fixedTensor(gradient, shape));
  };
  const x = add(tape, input([6, 8]), input([6, 8]));
  const hidden = gelu(
    tape,
    addBias(tape, matmul(tape, layerNorm(tape, x, input([2, 8])), input([8, 12])), input([12])),
    'tanh',
  );
  const output = add(tape, x, dropout(tape, addBias(tape, matmul(tape, hidden, input([12, 8])), input([8])), rate));
  const weights = input([6, 8]);
  const loss = tape.activation([1], 'loss');
  tape.node([output], loss, () => tape.contribute(output, weights));
  tape.backward(loss);
  return { tape, output, inputs, gradients };
}

async function results(fusion: boolean, rate: number) {
  const { tape, output, inputs, gradients } = recordBlock(rate);
  const program = compile(tape.calls, { label: 'block', inputs: [...inputs, ...gradients], keep: [output], fusion });
  const backend = cpuBackend('f64');
  const executable = await backend.load(program);
  backend.write(inputs[0], Uint32Array.of(4, 9, 0, 0));
  inputs.slice(1).forEach((storage, i) => backend.write(storage, normal(storage.length, i)));
  executable.run();
  const read = [program.range(output).storage, ...gradients].map((storage) => backend.read(storage));
  return { names: kernelNames(program), values: await Promise.all(read) };
}

describe('fusion', () => {
  for (const rate of [0, 0.5]) {
    it(`keeps every output and gradient (dropout ${rate})`, async () => {
      const [fused, plain] = [await results(true, rate), await results(false, rate)];
      fused.values.forEach((values, i) => {
        values.forEach((value, at) => expect(value, `${i}[${at}]`).toBeCloseTo(plain.values[i][at], 10));
      });
      expect(fused.names.length).toBeLessThan(plain.names.length);
      for (const folded of ['bias', 'gelu', 'gelu backward']) expect(fused.names).not.toContain(folded);
      const sums = ({ names }: { names: string[] }) => names.filter((name) => name === 'column sum').length;
      // The gradients of two biases go into products; those of the layer norm are summed up by themselves.
      expect([sums(plain), sums(fused)]).toEqual([3, 1]);
    });
  }
});

describe('the memory plan', () => {
  it('never gives two tensors that are alive together the same slot', () => {
    const { tape, output } = recordBlock(0.5);
    const plan = planMemory(
      tape.calls.map((call) => [call]),
      [output],
    );
    const lives = new Map<Storage, { first: number; last: number }>();
    tape.calls.forEach((call, index) => {
      for (const tensor of Object.values(call.tensors)) {
        if (tensor?.place !== 'activation') continue;
        const life = lives.get(tensor.storage) ?? { first: index, last: index };
        lives.set(tensor.storage, { ...life, last: tensor === output ? Number.POSITIVE_INFINITY : index });
      }
    });
    for (const [a, lifeOfA] of lives) {
      expect(plan.slotOf.get(a)?.length).toBeGreaterThanOrEqual(a.length);
      for (const [b, lifeOfB] of lives) {
        const together = lifeOfA.first <= lifeOfB.last && lifeOfB.first <= lifeOfA.last;
        if (a !== b && together) expect(plan.slotOf.get(a)).not.toBe(plan.slotOf.get(b));
      }
    }
    expect(plan.bytes).toBeGreaterThanOrEqual(plan.lowerBoundBytes);
  });
});
