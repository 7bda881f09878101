/** Which kernels WebAssembly has, and how a call of each lies in its memory: numbers first, then addresses. */
import { type Dispatch, halvesOf, type Range } from '../program/program.ts';

interface WasmKernel {
  readonly name: string;
  /** Attributes and bindings in the order of the fields of the call's class in wasm/. */
  readonly attributes: readonly string[];
  readonly bindings: readonly string[];
}

const dropout = ['dropout', 'dropoutStream'];
const attention = ['batch', 'context', 'heads', 'headWidth', 'causal', ...dropout];
const activations = ['activation', 'storePreActivation', 'activationGradient'];
const matmul = ['rows', 'columns', 'inner', 'transposeA', 'transposeB', 'hasBias', ...activations, ...dropout];
const matmulSums = ['hasResidual', 'accumulate', 'columnSum', 'accumulateColumnSum'];
const embedding = ['batch', 'context', 'width', ...dropout];
const embeddingTables = ['vocabulary', 'positions', 'accumulateToken', 'accumulatePosition'];
const adamW = ['length', 'decayed', 'beta1', 'beta2', 'complement1', 'complement2', 'epsilon'];

function kernel(name: string, attributes: readonly string[], bindings: string): WasmKernel {
  return { name, attributes, bindings: bindings.split(' ') };
}

/** In the order of their numbers in wasm/index.ts. */
const wasmKernels: readonly WasmKernel[] = [
  kernel('matmul', [...matmul, ...matmulSums], 'a b bias residual preActivation output columnSum counters'),
  kernel('attention', attention, 'qkv output logSumExp counters'),
  kernel('attention backward query', attention, 'qkv output outputGradient logSumExp rowDot qkvGradient counters'),
  kernel('attention backward key value', attention, 'qkv outputGradient logSumExp rowDot qkvGradient counters'),
  kernel('layer norm', ['rows', 'width', 'epsilon', 'hasResidual'], 'x residual parameters sum y statistics'),
  kernel(
    'layer norm backward',
    ['rows', 'width', 'hasResidualGradient', ...dropout, 'parts'],
    'outputGradient x parameters statistics residualGradient inputGradient dropped parametersGradients counters',
  ),
  kernel('cross-entropy', ['rows', 'vocabulary', 'stride', 'writeGradient'], 'logits targets weights losses'),
  kernel('embedding', embedding, 'tokens tokenTable positionTable output counters'),
  kernel(
    'embedding backward',
    [...embedding, ...embeddingTables],
    'outputGradient tokenOrder tokenStarts tokenGradient positionGradient counters',
  ),
  kernel('global norm partial', ['length', 'groups'], 'gradients partials'),
  kernel('global norm', ['groups', 'clip'], 'partials metrics control counters'),
  kernel('loss metrics', ['rows', 'accumulate'], 'losses metrics counters'),
  kernel('adamw', adamW, 'parameters gradients firstMoment secondMoment control rates'),
  kernel('add', ['length', 'hasB', 'accumulate'], 'a b output'),
  kernel('bias', ['rows', 'columns'], 'x bias output'),
  kernel('gelu', ['length', 'kind'], 'x output'),
  kernel('gelu backward', ['length', 'kind'], 'outputGradient x inputGradient'),
  kernel('dropout', ['length', ...dropout], 'x output counters'),
  kernel('column sum', ['rows', 'columns', 'accumulate'], 'x sums'),
  kernel('probe multiply-add', ['length', 'rounds'], 'x y'),
  kernel('probe copy', ['length', 'rounds'], 'x y'),
];

const floats = new Set(['dropout', 'epsilon', 'beta1', 'beta2', 'complement1', 'complement2', 'clip']);

/** What it computes of switches that it lacks: a call with another value goes to the twin. */
const assumed: Readonly<Record<string, number>> = { limited: 0, hasPositions: 1, scaled: 0, copied: 0, doubleAfter: 0 };

/** A call as WebAssembly takes it. */
export interface EncodedCall {
  /** Number of the kernel. */
  readonly kernel: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Encodes a call; undefined where WebAssembly lacks the kernel, or the call says something it does not know. */
export function encodeCall(dispatch: Dispatch, address: (range: Range) => number): EncodedCall | undefined {
  const number = wasmKernels.findIndex(({ name }) => name === dispatch.kernel.name);
  if (number < 0 || halvesOf(dispatch).length > 0) return undefined;
  const { attributes, bindings } = wasmKernels[number];
  const known = Object.entries(dispatch.attributes).every(
    ([key, value]) => attributes.includes(key) || assumed[key] === value,
  );
  const given = Object.entries(dispatch.ranges).filter(([, range]) => range);
  if (!known || !given.every(([name]) => bindings.includes(name))) return undefined;
  const view = new DataView(new ArrayBuffer((attributes.length + bindings.length) * 4));
  for (const [index, key] of attributes.entries()) {
    const value = dispatch.attributes[key];
    if (value === undefined) return undefined;
    if (floats.has(key)) view.setFloat32(index * 4, value, true);
    else view.setInt32(index * 4, value, true);
  }
  for (const [index, name] of bindings.entries()) {
    const range = dispatch.ranges[name];
    view.setUint32((attributes.length + index) * 4, range ? address(range) : 0, true);
  }
  return { kernel: number, bytes: new Uint8Array(view.buffer) };
}
