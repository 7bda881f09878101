/** Column sums: every size of workgroup against the float64 twin. */
import { familyTest, normal } from '../../testing/kernel-test.ts';
import { columnSum } from './column-sum.ts';

const shapes = [
  [1, 4],
  [5, 7],
  [48, 256],
  [130, 20],
];

familyTest(
  columnSum,
  shapes.flatMap(([rows, columns]) =>
    [0, 1].map((accumulate) => ({
      attributes: { rows, columns, accumulate },
      data: { x: normal(rows * columns, 1), sums: normal(columns, 2) },
    })),
  ),
);
