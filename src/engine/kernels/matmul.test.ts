/** Matmul: every layout, edge and epilogue on the GPU against the float64 twin. */
import { familyTest, gpuTest, kernelTest, normal, preferredKernel, zeros } from '../../testing/kernel-test.ts';
import { type MatmulAttributes, matmul, plainMatmul } from './matmul.ts';

type Switches = Partial<MatmulAttributes>;

function matmulCase(rows: number, columns: number, inner: number, switches: Switches = {}) {
  const attributes: MatmulAttributes = { ...plainMatmul, rows, columns, inner, ...switches };
  const area = rows * columns;
  return {
    name: `${rows}×${columns}×${inner} ${JSON.stringify(switches)}`,
    attributes,
    data: {
      a: normal(rows * inner, 1),
      b: normal(inner * columns, 2),
      output: switches.accumulate ? normal(area, 3) : zeros(area),
      counters: Uint32Array.of(5, 17, 0, 0),
      ...(switches.hasBias ? { bias: normal(columns, 4) } : {}),
      ...(switches.hasResidual ? { residual: normal(area, 5) } : {}),
      ...(switches.storePreActivation || switches.activationGradient ? { preActivation: normal(area, 6) } : {}),
      ...(switches.columnSum ? { columnSum: normal(columns, 7) } : {}),
    },
  };
}

const layouts: Switches[] = [{}, { transposeB: 1 }, { transposeA: 1 }];
const epilogues: Switches[] = [
  { hasBias: 1 },
  { hasBias: 1, activation: 1, storePreActivation: 1 },
  { hasBias: 1, activation: 2 },
  { hasBias: 1, dropout: 0.3, dropoutStream: 2, hasResidual: 1 },
  { transposeB: 1, activationGradient: 1 },
  { transposeB: 1, activationGradient: 2 },
  { transposeB: 1, hasResidual: 1 },
  { transposeA: 1, columnSum: 1 },
  { transposeA: 1, accumulate: 1, columnSum: 1, accumulateColumnSum: 1 },
];
const sizes = [
  [1, 1, 1],
  [3, 5, 7],
  [33, 66, 9],
  [36, 68, 40],
  [4, 4, 4],
  [40, 12, 100],
];

const sized = layouts.flatMap((layout) => sizes.map(([m, n, k]) => matmulCase(m, n, k, layout)));
const narrow = epilogues.map((switches) => matmulCase(5, 7, 3, switches));
const wide = epilogues.map((switches) => matmulCase(36, 20, 8, switches));
const long = [...layouts, ...epilogues.slice(-1)].map((switches) => matmulCase(36, 68, 516, switches));

// Variants share two epilogues, by element and by vec4: all its switches are tested in one variant of each kind.
familyTest(matmul, [...sized, ...narrow], [...sized, ...wide.slice(-1)]);
for (const { kernel } of matmul.variants ?? []) if (kernel.entryPoint === 'sliced') gpuTest(kernel, long);
kernelTest(preferredKernel(matmul, wide[0].attributes), wide);
