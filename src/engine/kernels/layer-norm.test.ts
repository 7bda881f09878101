/** Layer norm: every variant on the GPU against the float64 twin, over rows that threads share evenly and not. */
import { familyTest, normal, zeros } from '../../testing/kernel-test.ts';
import { layerNormBackward, layerNormForward, layerNormRowGroups } from './layer-norm.ts';

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

familyTest(
  layerNormBackward,
  shapes.flatMap(([rows, width]) =>
    [0, 1].map((switched) => ({
      attributes: {
        ...{ rows, width, hasResidualGradient: switched, accumulate: switched },
        ...{ dropout: switched * 0.3, dropoutStream: 3, rowGroups: layerNormRowGroups(rows) },
      },
      data: {
        outputGradient: normal(rows * width, 4),
        x: normal(rows * width, 5),
        parameters: normal(2 * width, 6),
        statistics: normal(2 * rows, 7).map((value, at) => (at % 2 === 0 ? value : Math.abs(value) + 0.1)),
        inputGradient: zeros(rows * width),
        parametersGradient: normal(2 * width, 8),
        counters: Uint32Array.of(5, 17, 0, 0),
        ...(switched ? { residualGradient: normal(rows * width, 9), dropped: zeros(rows * width) } : {}),
      },
    })),
  ),
);
