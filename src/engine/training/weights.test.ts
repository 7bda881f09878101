/** Weight files: round trips, Hugging Face's naming, and files that are not what they should be. */
import { describe, expect, it } from 'vitest';
import { integers, normal } from '../../testing/numbers.ts';
import { bert } from '../models/bert.ts';
import { readPart, writePart } from '../nn/parameters.ts';
import { ProblemError } from '../problem.ts';
import { bertFormat } from './bert-weights.ts';
import { gptFormat } from './gpt-weights.ts';
import { initialValues } from './initialize.ts';
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

describe('BERT weights', () => {
  const { arena } = bert.build({ family: 'bert', vocabulary: 7, context: 3, layers: 1, heads: 2, width: 4 });
  const values = initialValues(arena, 5);
  const own = new Map(arena.parts.map((part) => [part.name, readPart(values, part)]));
  const bertFile = () => new Uint8Array(writeWeights(arena.parts, own, bertFormat));
  const layer = 'bert.encoder.layer.0';

  /** The file with its tensors changed, read again. */
  function reread(change: (tensors: Map<string, NamedTensor>) => void) {
    const tensors = readSafetensors(bertFile());
    change(tensors);
    return readWeights(new Uint8Array(writeSafetensors(tensors)), arena.parts, bertFormat);
  }

  it('have the names and shapes of BertForMaskedLM', () => {
    const shapes = [...readSafetensors(bertFile())].map(([name, { shape }]) => `${name} ${shape.join('×')}`);
    const linear = (name: string, outputs: number, inputs: number) => [
      `${name}.weight ${outputs}×${inputs}`,
      `${name}.bias ${outputs}`,
    ];
    const norm = (name: string) => [`${name}.LayerNorm.weight 4`, `${name}.LayerNorm.bias 4`];
    const expected = [
      'bert.embeddings.word_embeddings.weight 7×4',
      'bert.embeddings.position_embeddings.weight 3×4',
      'bert.embeddings.token_type_embeddings.weight 2×4',
      ...norm('bert.embeddings'),
      ...['query', 'key', 'value'].flatMap((part) => linear(`${layer}.attention.self.${part}`, 4, 4)),
      ...linear(`${layer}.attention.output.dense`, 4, 4),
      ...norm(`${layer}.attention.output`),
      ...linear(`${layer}.intermediate.dense`, 16, 4),
      ...linear(`${layer}.output.dense`, 4, 16),
      ...norm(`${layer}.output`),
      ...linear('cls.predictions.transform.dense', 4, 4),
      ...norm('cls.predictions.transform'),
      'cls.predictions.bias 7',
    ];
    expect(shapes.sort()).toEqual(expected.sort());
  });

  it('round-trip through the arena, where projections lie transposed and side by side', () => {
    const again = new Float32Array(arena.length);
    const read = readWeights(bertFile(), arena.parts, bertFormat);
    for (const part of arena.parts) writePart(again, part, read.get(part.name) ?? new Float32Array(0));
    expect(again).toEqual(values);
    const query = arena.parts.find(({ name }) => name.endsWith('query.weight'));
    const key = own.get('encoder.layer.0.attention.self.key.weight');
    // Row 0 of the held matrix [in, 3·out] has the three layers' weights of input 0.
    const row = Array.from(values.subarray(query?.offset ?? 0, (query?.offset ?? 0) + 12));
    expect(row.slice(4, 8)).toEqual([0, 1, 2, 3].map((out) => key?.[out * 4]));
  });

  it('take tied copies, old names, buffers, and names without the prefix', () => {
    const changed = reread((tensors) => {
      const table = tensors.get('bert.embeddings.word_embeddings.weight') as NamedTensor;
      tensors.set('cls.predictions.decoder.weight', table);
      tensors.set('cls.predictions.decoder.bias', tensors.get('cls.predictions.bias') as NamedTensor);
      tensors.set('bert.embeddings.position_ids', { shape: [1, 3], values: Float32Array.of(0, 1, 2) });
      tensors.set('bert.pooler.dense.bias', { shape: [4], values: new Float32Array(4) });
      tensors.set('cls.seq_relationship.bias', { shape: [2], values: new Float32Array(2) });
      for (const [name, tensor] of [...tensors]) {
        tensors.delete(name);
        const old = name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta');
        tensors.set(old.replace(/^bert\./, ''), tensor);
      }
    });
    expect(changed).toEqual(own);
    const decoderOnly = reread((tensors) => {
      tensors.set('cls.predictions.decoder.bias', tensors.get('cls.predictions.bias') as NamedTensor);
      tensors.delete('cls.predictions.bias');
    });
    expect(decoderOnly).toEqual(own);
  });

  it.each<[string, string, NamedTensor]>([
    [
      'cls.predictions.decoder.bias',
      'cls.predictions.decoder.bias',
      { shape: [7], values: new Float32Array(7).fill(1) },
    ],
    [
      'encoder.layer.1.output.dense.bias',
      'bert.encoder.layer.1.output.dense.bias',
      { shape: [4], values: new Float32Array(4) },
    ],
    [
      'encoder.layer.0.intermediate.dense.weight',
      `${layer}.intermediate.dense.weight`,
      { shape: [4, 16], values: new Float32Array(64) },
    ],
  ])('that do not fit are refused by name: %s', (name, key, tensor) => {
    expect(problemOf(() => reread((tensors) => tensors.set(key, tensor)))).toBe(`weights-mismatch ${name}`);
  });
});
