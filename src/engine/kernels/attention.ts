/** Fused multi-head attention, causal or bidirectional: forward, and backward for queries and for keys and values. */
import source from '../../../shaders/attention.wgsl?raw';
import subgroupSource from '../../../shaders/attention-subgroup.wgsl?raw';
import library from '../../../shaders/lib/attention.wgsl?raw';
import members from '../../../shaders/lib/attention-members.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import random from '../../../shaders/lib/random.wgsl?raw';
import { type Binding, type Data, hasNarrowSubgroups, type Kernel, rowGrid, type Variant } from './kernel.ts';
import { dropoutScale } from './random-hash.ts';

export type AttentionAttributes = {
  readonly batch: number;
  readonly context: number;
  readonly heads: number;
  readonly headWidth: number;
  /** 1: position i sees j ≤ i. */
  readonly causal: number;
  /** 1: the forward pass sees the first counters[3] keys only, where that is not 0. */
  readonly limited: number;
  /** On the probabilities. */
  readonly dropout: number;
  readonly dropoutStream: number;
};

type Forward = Kernel<AttentionAttributes, 'qkv' | 'output' | 'logSumExp' | 'counters'>;
type BackwardQuery = Kernel<
  AttentionAttributes,
  'qkv' | 'output' | 'outputGradient' | 'logSumExp' | 'rowDot' | 'qkvGradient' | 'counters'
>;
type BackwardKeyValue = Kernel<
  AttentionAttributes,
  'qkv' | 'outputGradient' | 'logSumExp' | 'rowDot' | 'qkvGradient' | 'counters'
>;

const read: Binding = { access: 'read', element: 'f32' };
const write: Binding = { access: 'write', element: 'f32' };
const readHalf: Binding = { ...read, half: true };
const writeHalf: Binding = { ...write, half: true };
const counters: Binding = { access: 'read', element: 'u32', uniform: true, optional: true };

const shared = {
  source: [prelude, random, library, source],
  turns: ({ headWidth }: AttentionAttributes) => ({ chunks: Math.ceil(headWidth / 4) }),
  grid: ({ batch, heads, context }: AttentionAttributes) => rowGrid(Math.ceil((batch * heads * context) / 64)),
  shapeClass: (attributes: AttentionAttributes) => ({ ...attributes, dropoutStream: 0 }),
};

/** Any head width. */
export const attentionForward: Forward = {
  ...shared,
  name: 'attention',
  entryPoint: 'forward_general',
  bindings: { qkv: readHalf, output: writeHalf, logSumExp: write, counters },
  twin: forwardTwin,
  flops: (attributes) => 4 * pairs(attributes) * attributes.headWidth,
  get variants() {
    return forwardVariants;
  },
};

/** Writes the Q part of qkvGradient, and rowDot, which the next one reads. */
export const attentionBackwardQuery: BackwardQuery = {
  ...shared,
  name: 'attention backward query',
  entryPoint: 'backward_query_general',
  bindings: {
    qkv: readHalf,
    output: readHalf,
    outputGradient: readHalf,
    logSumExp: read,
    rowDot: write,
    qkvGradient: writeHalf,
    counters,
  },
  twin: backwardQueryTwin,
  flops: (attributes) => 6 * pairs(attributes) * attributes.headWidth,
  moved: (attributes) => ({ qkvGradient: elements(attributes) }),
  get variants() {
    return queryVariants;
  },
};

/** Writes the K and V parts of qkvGradient. */
export const attentionBackwardKeyValue: BackwardKeyValue = {
  ...shared,
  name: 'attention backward key value',
  entryPoint: 'backward_key_value_general',
  bindings: {
    qkv: readHalf,
    outputGradient: readHalf,
    logSumExp: read,
    rowDot: read,
    qkvGradient: { access: 'update', element: 'f32', half: true },
    counters,
  },
  twin: backwardKeyValueTwin,
  flops: (attributes) => 8 * pairs(attributes) * attributes.headWidth,
  moved: (attributes) => ({ qkvGradient: 2 * elements(attributes) }),
  get variants() {
    return keyValueVariants;
  },
};

const forwardVariants = variantsOf(attentionForward);
const queryVariants = variantsOf(attentionBackwardQuery);
const keyValueVariants = variantsOf(attentionBackwardKeyValue);

/** Whole vec4s per row of a head: by broadcasts within a subgroup, in workgroups of a few sizes, or each thread for itself. */
function variantsOf<B extends string>(reference: Kernel<AttentionAttributes, B>): Variant<AttentionAttributes, B>[] {
  const { name, bindings, twin, flops, shapeClass, grid, turns, source: own } = reference;
  const common = { bindings, twin, flops, shapeClass, turns };
  const entry = (variant: string) => reference.entryPoint.replace('general', variant);
  const subgroup = (threads: number, rowsEach: number, narrow: number): Variant<AttentionAttributes, B> => ({
    kernel: {
      ...common,
      name: `${name} subgroup, ${threads} threads${rowsEach > 1 ? `, ${rowsEach} rows` : ''}${narrow ? ', narrow' : ''}`,
      source: [prelude, random, library, members, subgroupSource],
      entryPoint: entry('subgroup'),
      tunables: { threads, narrow },
      turns: (attributes) => ({ ...turns?.(attributes), rowsEach }),
      grid: ({ batch, heads, context }) => rowGrid(batch * heads * Math.ceil(context / threads / rowsEach)),
    },
    fits: ({ headWidth }, device) => {
      const { subgroupSize } = device;
      const holds = narrow ? subgroupSize >= 4 && subgroupSize < 8 : subgroupSize >= 8 && threads >= 8;
      // Wide subgroups would leave most of their threads idle.
      return holds && (threads >= 32 || hasNarrowSubgroups(device)) && headWidth % 4 === 0;
    },
  });
  const tiles = [
    [4, 4],
    [8, 2],
    [8, 1],
    [32, 1],
    [32, 2],
    [64, 1],
  ] as const;
  const vector = { ...common, name: `${name} vector`, grid, source: own, entryPoint: entry('vector') };
  return [
    ...tiles.flatMap(([threads, rowsEach]) => [subgroup(threads, rowsEach, 0), subgroup(threads, rowsEach, 1)]),
    { kernel: vector, fits: ({ headWidth }) => headWidth % 4 === 0 },
  ];
}

/** Pairs of a query and a key it sees. */
function pairs({ batch, heads, context, causal }: AttentionAttributes): number {
  return batch * heads * (causal ? (context * (context + 1)) / 2 : context * context);
}

/** Elements of the queries, as of the keys and of the values. */
function elements({ batch, context, heads, headWidth }: AttentionAttributes): number {
  return batch * context * heads * headWidth;
}

/** Calls `visit` for each row of each head with its index into [B, H, T] and its head's start in a row of width C. */
function eachRow(
  attributes: AttentionAttributes,
  visit: (b: number, row: number, flat: number, head: number) => void,
): void {
  const { batch, heads, context } = attributes;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let row = 0; row < context; row++) visit(b, row, (b * heads + h) * context + row, h);
    }
  }
}

function dot(a: Data, from: number, b: Data, start: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[from + d] * b[start + d];
  return sum;
}

function addScaled(target: Float64Array, scale: number, from: Data, start: number, length: number): void {
  for (let d = 0; d < length; d++) target[d] += scale * from[start + d];
}

function maskOf(attributes: AttentionAttributes, steps: Data | undefined, row: number, key: number): number {
  const { dropout, dropoutStream, context } = attributes;
  if (!dropout || !steps) return 1;
  return dropoutScale(steps[1], steps[0], dropoutStream, row * context + key, dropout);
}

function forwardTwin(
  attributes: AttentionAttributes,
  data: Readonly<Record<'qkv' | 'output' | 'logSumExp' | 'counters', Data>>,
): void {
  const { context, heads, headWidth, causal, limited } = attributes;
  const { qkv, output, logSumExp } = data;
  const seen = (limited && data.counters[3]) || context;
  const width = heads * headWidth;
  const scale = 1 / Math.sqrt(headWidth);
  const sum = new Float64Array(headWidth);
  const scores = new Float64Array(context);
  eachRow(attributes, (b, row, flat, head) => {
    const start = b * context * 3 * width + head * headWidth;
    const end = causal ? Math.min(row + 1, seen) : seen;
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < end; j++) {
      scores[j] = scale * dot(qkv, start + row * 3 * width, qkv, start + j * 3 * width + width, headWidth);
      if (scores[j] > largest) largest = scores[j];
    }
    let total = 0;
    sum.fill(0);
    for (let j = 0; j < end; j++) {
      const weight = Math.exp(scores[j] - largest);
      total += weight;
      const kept = weight * maskOf(attributes, data.counters, flat, j);
      addScaled(sum, kept, qkv, start + j * 3 * width + 2 * width, headWidth);
    }
    const at = (b * context + row) * width + head * headWidth;
    for (let d = 0; d < headWidth; d++) output[at + d] = sum[d] / total;
    logSumExp[flat] = largest + Math.log(total);
  });
}

function backwardQueryTwin(
  attributes: AttentionAttributes,
  data: Readonly<
    Record<'qkv' | 'output' | 'outputGradient' | 'logSumExp' | 'rowDot' | 'qkvGradient' | 'counters', Data>
  >,
): void {
  const { context, heads, headWidth, causal } = attributes;
  const { qkv, output, outputGradient, logSumExp, rowDot, qkvGradient } = data;
  const width = heads * headWidth;
  const scale = 1 / Math.sqrt(headWidth);
  const sum = new Float64Array(headWidth);
  eachRow(attributes, (b, row, flat, head) => {
    const start = b * context * 3 * width + head * headWidth;
    const query = start + row * 3 * width;
    const at = (b * context + row) * width + head * headWidth;
    const own = dot(outputGradient, at, output, at, headWidth);
    rowDot[flat] = own;
    sum.fill(0);
    const end = causal ? row + 1 : context;
    for (let j = 0; j < end; j++) {
      const key = start + j * 3 * width + width;
      const weight = Math.exp(scale * dot(qkv, query, qkv, key, headWidth) - logSumExp[flat]);
      const slope = dot(outputGradient, at, qkv, key + width, headWidth) * maskOf(attributes, data.counters, flat, j);
      addScaled(sum, weight * (slope - own), qkv, key, headWidth);
    }
    for (let d = 0; d < headWidth; d++) qkvGradient[query + d] = sum[d] * scale;
  });
}

function backwardKeyValueTwin(
  attributes: AttentionAttributes,
  data: Readonly<Record<'qkv' | 'outputGradient' | 'logSumExp' | 'rowDot' | 'qkvGradient' | 'counters', Data>>,
): void {
  const { context, heads, headWidth, causal } = attributes;
  const { qkv, outputGradient, logSumExp, rowDot, qkvGradient } = data;
  const width = heads * headWidth;
  const scale = 1 / Math.sqrt(headWidth);
  const keySum = new Float64Array(headWidth);
  const valueSum = new Float64Array(headWidth);
  eachRow(attributes, (b, row, flat, head) => {
    const start = b * context * 3 * width + head * headWidth;
    const key = start + row * 3 * width + width;
    keySum.fill(0);
    valueSum.fill(0);
    for (let i = causal ? row : 0; i < context; i++) {
      const query = start + i * 3 * width;
      const at = (b * context + i) * width + head * headWidth;
      const queryFlat = flat - row + i;
      const weight = Math.exp(scale * dot(qkv, query, qkv, key, headWidth) - logSumExp[queryFlat]);
      const kept = maskOf(attributes, data.counters, queryFlat, row);
      const slope = dot(outputGradient, at, qkv, key + width, headWidth) * kept;
      addScaled(valueSum, weight * kept, outputGradient, at, headWidth);
      addScaled(keySum, weight * (slope - rowDot[queryFlat]), qkv, query, headWidth);
    }
    for (let d = 0; d < headWidth; d++) {
      qkvGradient[key + d] = keySum[d] * scale;
      qkvGradient[key + width + d] = valueSum[d];
    }
  });
}
