/** Product of an activation with a weight: x [..., K] · W [K, N], or · Wᵀ where W is stored [N, K]. */
import type { Tape } from '../autograd/tape.ts';
import { rowsOf, type Tensor } from '../autograd/tensor.ts';
import type { Element } from '../kernels/kernel.ts';
import { type MatmulAttributes, type MatmulBinding, matmul as matmulKernel, plainMatmul } from '../kernels/matmul.ts';

export interface MatmulOptions {
  /** W is stored [N, K]. */
  readonly transposeB?: boolean;
  /** What the output is kept as. */
  readonly element?: Element;
}

/** @throws if the inner axes differ. */
export function matmul(
  tape: Tape,
  x: Tensor,
  weight: Tensor,
  { transposeB = false, element = tape.real }: MatmulOptions = {},
): Tensor {
  const rows = rowsOf(x);
  const inner = x.length / rows;
  const [columns, stored] = transposeB ? weight.shape : [weight.shape[1], weight.shape[0]];
  if (stored !== inner) throw new Error(`matmul of ${x.shape.join('×')} and ${weight.shape.join('×')}`);
  const output = tape.activation([...x.shape.slice(0, -1), columns], 'product', element);
  record(tape, { rows, columns, inner, transposeB: transposeB ? 1 : 0 }, { a: x, b: tape.factor(weight), output });
  tape.node([x, weight], output, (outputGradient) => {
    const { tensor, accumulate } = tape.target(weight);
    const [a, b] = transposeB ? [outputGradient, x] : [x, outputGradient];
    const [weightRows, weightColumns] = weight.shape;
    const size = { rows: weightRows, columns: weightColumns, inner: rows };
    record(tape, { ...size, transposeA: 1, accumulate }, { a, b, output: tensor });
    if (!tape.needsGradient(x)) return;
    const inputGradient = tape.activation(x.shape, 'product gradient', x.storage.element);
    const back = { rows, columns: inner, inner: columns, transposeB: transposeB ? 0 : 1 };
    record(tape, back, { a: outputGradient, b: tape.factor(weight), output: inputGradient });
    tape.contribute(x, inputGradient);
  });
  return output;
}

type Given = Pick<MatmulAttributes, 'rows' | 'columns' | 'inner'> & Partial<MatmulAttributes>;

function record(tape: Tape, given: Given, tensors: Readonly<Partial<Record<MatmulBinding, Tensor>>>): void {
  const attributes: MatmulAttributes = { ...plainMatmul, ...given };
  tape.call(matmulKernel, attributes, tensors);
}
