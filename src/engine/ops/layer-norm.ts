/** Layer norm of every row of x [..., C], with parameters [2, C]: weight, then bias. */
import type { Tape } from '../autograd/tape.ts';
import { columnsOf, rowsOf, type Tensor } from '../autograd/tensor.ts';
import { columnSum } from '../kernels/column-sum.ts';
import type { Element } from '../kernels/kernel.ts';
import { layerNormBackward, layerNormForward, layerNormParts } from '../kernels/layer-norm.ts';

export interface LayerNormOptions {
  readonly epsilon?: number;
  /** What the output is kept as. */
  readonly element?: Element;
}

export function layerNorm(
  tape: Tape,
  x: Tensor,
  parameters: Tensor,
  { epsilon = 1e-5, element = tape.real }: LayerNormOptions = {},
): Tensor {
  const rows = rowsOf(x);
  const width = columnsOf(x);
  const y = tape.activation(x.shape, 'layer norm', element);
  const statistics = tape.activation([rows, 2], 'layer norm statistics');
  tape.call(layerNormForward, { rows, width, epsilon, hasResidual: 0 }, { x, parameters, y, statistics });
  tape.node([x, parameters], y, (outputGradient) => {
    const parts = layerNormParts(rows);
    const parametersGradients = tape.activation([parts, 2 * width], 'layer norm gradients by part');
    const inputGradient = tape.activation(x.shape, 'layer norm gradient', x.storage.element);
    const switches = { hasResidualGradient: 0, dropout: 0, dropoutStream: 0 };
    const tensors = { outputGradient, x, parameters, statistics, inputGradient, parametersGradients };
    tape.call(layerNormBackward, { rows, width, parts, ...switches }, tensors);
    const { tensor: sums, accumulate } = tape.target(parameters);
    tape.callLast(columnSum, { rows: parts, columns: 2 * width, accumulate }, { x: parametersGradients, sums });
    tape.contribute(x, inputGradient);
  });
  return y;
}
