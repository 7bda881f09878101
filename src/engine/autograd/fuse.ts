/** Fusion: merges neighbouring kernel calls where one kernel can do the work of both. */
import { add } from '../kernels/add.ts';
import { addBias } from '../kernels/bias.ts';
import { columnSum } from '../kernels/column-sum.ts';
import { dropout } from '../kernels/dropout.ts';
import { embeddingBackward, embeddingForward } from '../kernels/embedding.ts';
import { geluBackward, geluForward } from '../kernels/gelu.ts';
import type { Attributes, Kernel } from '../kernels/kernel.ts';
import { layerNormBackward, layerNormForward } from '../kernels/layer-norm.ts';
import { matmul } from '../kernels/matmul.ts';
import type { KernelCall } from './tape.ts';
import { overlap, type Tensor } from './tensor.ts';

/** Merges `later` into `earlier`, or returns undefined where it can't. `readers` counts the calls that read a tensor. */
type Rule = (earlier: KernelCall, later: KernelCall, readers: (tensor: Tensor) => number) => KernelCall | undefined;

/** Applies the rules until none fits. Tensors in `keep` count as read by the host. */
export function fuse(calls: readonly KernelCall[], keep: readonly Tensor[]): KernelCall[] {
  const list: (KernelCall | undefined)[] = [];
  const counts = countReaders(calls, keep);
  const readers = (tensor: Tensor) => counts.get(tensor) ?? 0;
  const writers = new Map<Tensor, number>();
  for (const call of calls) {
    let current = call;
    let merged = true;
    while (merged) {
      merged = false;
      for (const index of candidates(current, writers, list)) {
        const earlier = list[index];
        const combined = earlier && mergeFirst(earlier, current, readers);
        if (!combined || !canDelay(list, index, earlier)) continue;
        list[index] = undefined;
        current = combined;
        merged = true;
        break;
      }
    }
    for (const tensor of written(current)) writers.set(tensor, list.length);
    list.push(current);
  }
  return list.filter((call) => call !== undefined);
}

const gone = Number.NEGATIVE_INFINITY;

/** Calls that `current` may merge with: those that wrote what it reads, and column sums over the same operand. */
function candidates(
  current: KernelCall,
  writers: ReadonlyMap<Tensor, number>,
  list: readonly (KernelCall | undefined)[],
): number[] {
  const found = Object.values(current.tensors).map((tensor) => (tensor && writers.get(tensor)) ?? gone);
  if (isMatmul(current)) {
    found.push(list.findLastIndex((each) => each?.kernel === columnSum && each.tensors.x === current.tensors.b));
  }
  return [...new Set(found)].filter((index) => index >= 0);
}

function mergeFirst(earlier: KernelCall, later: KernelCall, readers: (t: Tensor) => number): KernelCall | undefined {
  for (const rule of rules) {
    const merged = rule(earlier, later, readers);
    if (merged) return merged;
  }
  return undefined;
}

/** True if the call at `index` may run after all that follow it: none touches what it writes or changes what it reads. */
function canDelay(list: readonly (KernelCall | undefined)[], index: number, call: KernelCall): boolean {
  const outputs = written(call);
  const inputs = Object.values(call.tensors).filter((tensor) => tensor !== undefined);
  return list.slice(index + 1).every((other) => {
    if (!other) return true;
    const touched = Object.values(other.tensors).filter((tensor) => tensor !== undefined);
    return (
      !touched.some((tensor) => outputs.some((output) => overlap(tensor, output))) &&
      !written(other).some((tensor) => inputs.some((input) => overlap(tensor, input)))
    );
  });
}

function written(call: KernelCall): Tensor[] {
  return Object.entries(call.kernel.bindings)
    .filter(([, { access }]) => access !== 'read')
    .map(([name]) => call.tensors[name])
    .filter((tensor) => tensor !== undefined);
}

function countReaders(calls: readonly KernelCall[], keep: readonly Tensor[]): Map<Tensor, number> {
  const counts = new Map<Tensor, number>(keep.map((tensor) => [tensor, 1]));
  const seen = new Set<Tensor>();
  for (const call of calls) {
    for (const [name, { access }] of Object.entries(call.kernel.bindings)) {
      const tensor = call.tensors[name];
      if (!tensor) continue;
      // What first touches an activation creates it, even through a binding that may update.
      const creates = tensor.place === 'activation' && !seen.has(tensor);
      if (access !== 'write' && !creates) counts.set(tensor, (counts.get(tensor) ?? 0) + 1);
      seen.add(tensor);
    }
  }
  return counts;
}

/** A call with more attributes and tensors. */
function extend(
  call: KernelCall,
  attributes: Attributes,
  tensors: Readonly<Record<string, Tensor | undefined>>,
): KernelCall {
  return {
    kernel: call.kernel,
    attributes: { ...call.attributes, ...attributes },
    tensors: { ...call.tensors, ...tensors },
  };
}

function isMatmul(call: KernelCall): boolean {
  return call.kernel === (matmul as Kernel);
}

/** Steps of the matmul epilogue in order; a later call can only add a step that comes after those in use. */
function epilogueStage(attributes: Attributes): number {
  if (attributes.accumulate) return 6;
  if (attributes.hasResidual) return 5;
  if (attributes.dropout) return 4;
  if (attributes.activationGradient) return 3;
  if (attributes.activation) return 2;
  return attributes.hasBias ? 1 : 0;
}

function matmulBefore(stage: number, earlier: KernelCall): boolean {
  return isMatmul(earlier) && epilogueStage(earlier.attributes) < stage;
}

const rules: readonly Rule[] = [
  function matmulBias(earlier, later, readers) {
    if (later.kernel !== addBias || !matmulBefore(1, earlier)) return undefined;
    const { x, bias, output } = later.tensors;
    if (!x || earlier.tensors.output !== x || readers(x) > 1) return undefined;
    return extend(earlier, { hasBias: 1 }, { bias, output });
  },

  function matmulGelu(earlier, later, readers) {
    if (later.kernel !== geluForward || !matmulBefore(2, earlier)) return undefined;
    const { x, output } = later.tensors;
    if (!x || earlier.tensors.output !== x) return undefined;
    const activation = later.attributes.kind;
    if (readers(x) === 1) return extend(earlier, { activation }, { output });
    return extend(earlier, { activation, storePreActivation: 1 }, { output, preActivation: x });
  },

  function matmulGeluBackward(earlier, later, readers) {
    if (later.kernel !== geluBackward || !matmulBefore(1, earlier)) return undefined;
    const { outputGradient, x, inputGradient } = later.tensors;
    if (!outputGradient || earlier.tensors.output !== outputGradient || readers(outputGradient) > 1) return undefined;
    const activationGradient = later.attributes.kind;
    return extend(earlier, { activationGradient }, { preActivation: x, output: inputGradient });
  },

  function matmulDropout(earlier, later, readers) {
    if (later.kernel !== dropout || !matmulBefore(4, earlier)) return undefined;
    const { x, output, counters } = later.tensors;
    if (!x || earlier.tensors.output !== x || readers(x) > 1) return undefined;
    return extend(earlier, dropoutOf(later), { output, counters });
  },

  function matmulResidual(earlier, later, readers) {
    if (later.kernel !== add || !matmulBefore(5, earlier) || later.attributes.accumulate) return undefined;
    const t = earlier.tensors.output;
    const residual = otherAddend(later, t, readers);
    return residual && extend(earlier, { hasResidual: 1 }, { residual, output: later.tensors.output });
  },

  function matmulColumnSum(earlier, later) {
    if (earlier.kernel !== columnSum || !isMatmul(later)) return undefined;
    const { transposeA, columnSum: taken } = later.attributes;
    if (!transposeA || taken || earlier.tensors.x !== later.tensors.b) return undefined;
    const attributes = { columnSum: 1, accumulateColumnSum: earlier.attributes.accumulate };
    return extend(later, attributes, { columnSum: earlier.tensors.sums });
  },

  function layerNormBackwardResidual(earlier, later, readers) {
    if (later.kernel !== add || earlier.kernel !== layerNormBackward || later.attributes.accumulate) return undefined;
    if (earlier.attributes.hasResidualGradient || earlier.attributes.dropout) return undefined;
    const residualGradient = otherAddend(later, earlier.tensors.inputGradient, readers);
    if (!residualGradient) return undefined;
    return extend(earlier, { hasResidualGradient: 1 }, { residualGradient, inputGradient: later.tensors.output });
  },

  function layerNormBackwardDropout(earlier, later) {
    if (later.kernel !== dropout || earlier.kernel !== layerNormBackward || earlier.attributes.dropout)
      return undefined;
    if (earlier.tensors.inputGradient !== later.tensors.x) return undefined;
    return extend(earlier, dropoutOf(later), { dropped: later.tensors.output, counters: later.tensors.counters });
  },

  function layerNormResidual(earlier, later) {
    if (later.kernel !== layerNormForward || earlier.kernel !== add || later.attributes.hasResidual) return undefined;
    const { a, b, output } = earlier.tensors;
    if (!b || earlier.attributes.accumulate || later.tensors.x !== output) return undefined;
    return extend(later, { hasResidual: 1 }, { x: a, residual: b, sum: output });
  },

  function embeddingDropout(earlier, later, readers) {
    if (later.kernel !== dropout || earlier.kernel !== embeddingForward || earlier.attributes.dropout) return undefined;
    const { x, output, counters } = later.tensors;
    if (!x || earlier.tensors.output !== x || readers(x) > 1) return undefined;
    return extend(earlier, dropoutOf(later), { output, counters });
  },

  function embeddingBackwardDropout(earlier, later, readers) {
    if (later.kernel !== embeddingBackward || earlier.kernel !== dropout || later.attributes.dropout) return undefined;
    const dropped = earlier.tensors.output;
    if (!dropped || later.tensors.outputGradient !== dropped || readers(dropped) > 1) return undefined;
    return extend(later, dropoutOf(earlier), { outputGradient: earlier.tensors.x, counters: earlier.tensors.counters });
  },
];

function dropoutOf(call: KernelCall): { dropout: number; dropoutStream: number } {
  return { dropout: call.attributes.dropout, dropoutStream: call.attributes.dropoutStream };
}

/** What an add call adds to `tensor`, if that is read by nothing else. */
function otherAddend(call: KernelCall, tensor: Tensor | undefined, readers: (t: Tensor) => number): Tensor | undefined {
  const { a, b } = call.tensors;
  if (!tensor || !a || !b || a === b || readers(tensor) > 1) return undefined;
  if (a === tensor) return b;
  return b === tensor ? a : undefined;
}
