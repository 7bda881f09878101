/** Weight files: round trips, Hugging Face's naming, and files that are not what they should be. */
import { describe, expect, it } from 'vitest';
import { integers, normal } from '../../testing/numbers.ts';
import { ProblemError } from '../problem.ts';
import { gptFormat } from './gpt-weights.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';
import { readWeights, writeWeights } from './weight-files.ts';

const shapes = [
  { name: 'wte.weight', shape: [5, 4] },
  { name: 'h.0.ln_1.weight', shape: [4] },
];
const weights = new Map(
  shapes.map(({ name, shape }, i) => [
    name,
    Float32Array.from(
      normal(
        shape.reduce((a, b) => a * b),
        i,
      ),
    ),
  ]),
);
const file = () => new Uint8Array(writeWeights(shapes, weights, gptFormat));

/** Code of the problem that a call throws. */
function problemOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code} ${error.problem.values.name ?? ''}`.trim();
    throw error;
  }
  return 'none';
}

function withTensors(change: (tensors: Map<string, NamedTensor>) => void): Uint8Array {
  const tensors = readSafetensors(file());
  change(tensors);
  return new Uint8Array(writeSafetensors(tensors));
}

describe('safetensors', () => {
  it('round-trips', () => {
    expect(readWeights(file(), shapes, gptFormat)).toEqual(weights);
    expect(file().length % 8).toBe(0);
  });

  it('reads half, bfloat16 and double precision', () => {
    const header = JSON.stringify({
      h: { dtype: 'F16', shape: [4], data_offsets: [0, 8] },
      b: { dtype: 'BF16', shape: [2], data_offsets: [8, 12] },
      d: { dtype: 'F64', shape: [1], data_offsets: [12, 20] },
      i: { dtype: 'I64', shape: [0], data_offsets: [20, 20] },
    });
    const bytes = new Uint8Array(8 + header.length + 20);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    const at = 8 + header.length;
    [0x3c00, 0xc000, 0x0001, 0x7bff, 0x3f80, 0xc049].forEach((half, i) => view.setUint16(at + 2 * i, half, true));
    view.setFloat64(at + 12, Math.PI, true);
    const read = readSafetensors(bytes);
    expect([...(read.get('h')?.values ?? [])]).toEqual([1, -2, 2 ** -24, 65504]);
    expect([...(read.get('b')?.values ?? [])]).toEqual([1, -3.140625]);
    expect(read.get('d')?.values[0]).toBe(Math.fround(Math.PI));
    expect(read.has('i')).toBe(false);
  });

  it('never fails but with a problem, however the file is damaged', () => {
    const whole = file();
    const positions = integers(400, whole.length, 3);
    const values = integers(400, 256, 4);
    positions.forEach((position, i) => {
      const damaged = whole.slice();
      damaged[position] ^= values[i];
      expect(['none', 'weights-corrupt', 'weights-mismatch']).toContain(
        problemOf(() => readWeights(damaged, shapes, gptFormat)).split(' ')[0],
      );
    });
    for (let length = 0; length < whole.length; length++) {
      expect(problemOf(() => readWeights(whole.slice(0, length), shapes, gptFormat))).toBe('weights-corrupt');
    }
  });

  it('refuses overlapping tensors', () => {
    const text = new TextDecoder().decode(file()).replace('"data_offsets":[80,96]', '"data_offsets":[64,80]');
    expect(problemOf(() => readSafetensors(new TextEncoder().encode(text)))).toBe('weights-corrupt');
  });
});

describe('GPT-2 weights', () => {
  it('take names without the prefix, mask buffers, and a tied head', () => {
    const bare = withTensors((tensors) => {
      for (const [name, tensor] of [...tensors]) {
        tensors.delete(name);
        tensors.set(name.replace('transformer.', ''), tensor);
      }
      tensors.set('h.0.attn.bias', { shape: [1, 1, 1, 1], values: Float32Array.of(1) });
      tensors.set('lm_head.weight', tensors.get('wte.weight') as NamedTensor);
    });
    expect(readWeights(bare, shapes, gptFormat)).toEqual(weights);
  });

  it('take the head for the embedding where only that is there', () => {
    const headOnly = withTensors((tensors) => {
      tensors.set('lm_head.weight', tensors.get('transformer.wte.weight') as NamedTensor);
      tensors.delete('transformer.wte.weight');
    });
    expect(readWeights(headOnly, shapes, gptFormat)).toEqual(weights);
  });

  it.each<[string, (tensors: Map<string, NamedTensor>) => void]>([
    ['h.0.ln_1.weight', (tensors) => tensors.delete('transformer.h.0.ln_1.weight')],
    [
      'h.9.ln_1.weight',
      (tensors) => tensors.set('transformer.h.9.ln_1.weight', { shape: [1], values: Float32Array.of(1) }),
    ],
    ['wte.weight', (tensors) => tensors.set('transformer.wte.weight', { shape: [4, 5], values: new Float32Array(20) })],
    [
      'wte.weight',
      (tensors) =>
        tensors.set('transformer.wte.weight', { shape: [5, 4], values: new Float32Array(20).fill(Number.NaN) }),
    ],
    ['lm_head.weight', (tensors) => tensors.set('lm_head.weight', { shape: [5, 4], values: new Float32Array(20) })],
  ])('that do not fit are refused by name: %s', (name, change) => {
    expect(problemOf(() => readWeights(withTensors(change), shapes, gptFormat))).toBe(`weights-mismatch ${name}`);
  });
});
