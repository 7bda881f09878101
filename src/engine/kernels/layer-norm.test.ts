/** Layer norm: every variant on the GPU against the float64 twin, over rows that threads share evenly and not. */
import { familyTest, normal, zeros } from '../../testing/kernel-test.ts';
import { layerNormBackward, layerNormForward, layerNormParts } from './layer-norm.ts';

const shapes = [
  [1, 4],
  [5, 7],
  [9, 20],
  [33, 64],
  [10, 132],
];

familyTest(
  layerNormForward,
  shapes.flatMap(([rows, width]) =>
    [0, 1].map((hasResidual) => ({
      attributes: { rows, width, epsilon: 1e-5, hasResidual },
      data: {
        x: normal(rows * width, 1),
        parameters: normal(2 * width, 2),
        y: zeros(rows * width),
        statistics: zeros(2 * rows),
        ...(hasResidual ? { residual: normal(rows * width, 3), sum: zeros(rows * width) } : {}),
      },
    })),
  ),
);

/** Rows in even parts, in uneven ones, and with parts that have none. */
const backwardShapes = [...shapes.map(([rows, width]) => [rows, width, layerNormParts(rows)]), [9, 20, 2], [9, 24, 4]];

familyTest(
  layerNormBackward,
  backwardShapes.flatMap(([rows, width, parts]) =>
    [0, 1].map((switched) => ({
      attributes: {
        ...{ rows, width, hasResidualGradient: switched },
        ...{ dropout: switched * 0.3, dropoutStream: 3, parts },
      },
      data: {
        outputGradient: normal(rows * width, 4),
        x: normal(rows * width, 5),
        parameters: normal(2 * width, 6),
        statistics: normal(2 * rows, 7).map((value, at) => (at % 2 === 0 ? value : Math.abs(value) + 0.1)),
        inputGradient: zeros(rows * width),
        parametersGradients: normal(parts * 2 * width, 8),
        counters: Uint32Array.of(5, 17, 0, 0),
        ...(switched ? { residualGradient: normal(rows * width, 9), dropped: zeros(rows * width) } : {}),
      },
    })),
  ),
);
