/** Matrix product with an epilogue: WGSL in shaders/matmul.wgsl, and the register-blocked twin. */
import source from '../../../shaders/matmul.wgsl?raw';
import { geluSlope, geluValue } from './gelu-function.ts';
import { type Data, defineKernel, type Kernel } from './kernel.ts';
import { declareMatmulVariants, matmulSource, tileGrid } from './matmul-variants.ts';
import { dropoutScale } from './random-hash.ts';

/** Sizes and epilogue of output[rows, columns] = op(A)[rows, inner] · op(B)[inner, columns]; switches are 0 or 1. */
export type MatmulAttributes = {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  /** A is stored [inner, rows]. */
  readonly transposeA: number;
  /** B is stored [columns, inner]. */
  readonly transposeB: number;
  readonly hasBias: number;
  /** GELU of the sum: 0 none, 1 tanh, 2 erf. */
  readonly activation: number;
  /** Keep what enters the activation. */
  readonly storePreActivation: number;
  /** Multiply by the slope of GELU at the kept value: 0 none, 1 tanh, 2 erf. */
  readonly activationGradient: number;
  readonly dropout: number;
  readonly dropoutStream: number;
  readonly hasResidual: number;
  /** Add to the output instead of replacing it. */
  readonly accumulate: number;
  /** Also sum op(B) over the inner axis; only with transposeA. */
  readonly columnSum: number;
  readonly accumulateColumnSum: number;
};

export type MatmulBinding = 'a' | 'b' | 'bias' | 'residual' | 'preActivation' | 'output' | 'columnSum' | 'counters';

/** A plain product; spread over it what differs. */
export const plainMatmul = {
  transposeA: 0,
  transposeB: 0,
  hasBias: 0,
  activation: 0,
  storePreActivation: 0,
  activationGradient: 0,
  dropout: 0,
  dropoutStream: 0,
  hasResidual: 0,
  accumulate: 0,
  columnSum: 0,
  accumulateColumnSum: 0,
} as const;

/** Any sizes; the variants are faster where they fit. */
export const matmul: Kernel<MatmulAttributes, MatmulBinding> = defineKernel<MatmulAttributes, MatmulBinding>({
  name: 'matmul',
  source: matmulSource(source),
  entryPoint: 'general',
  bindings: {
    a: { access: 'read', element: 'f32', half: true },
    b: { access: 'read', element: 'f32', half: true },
    bias: { access: 'read', element: 'f32', optional: true },
    residual: { access: 'read', element: 'f32', half: true, optional: true },
    preActivation: { access: 'update', element: 'f32', half: true, optional: true },
    output: { access: 'update', element: 'f32', half: true },
    columnSum: { access: 'update', element: 'f32', optional: true },
    counters: { access: 'read', element: 'u32', uniform: true, optional: true },
  },
  grid: tileGrid(32, 32),
  twin,
  flops: ({ rows, columns, inner }) => 2 * rows * columns * inner,
  moved: ({ rows, columns, accumulate, accumulateColumnSum }) => ({
    output: (accumulate + 1) * rows * columns,
    preActivation: rows * columns,
    columnSum: (accumulateColumnSum + 1) * columns,
  }),
  get variants() {
    return matmulVariants;
  },
  // What calls do after the sum varies within a step, and they share a pick all the same.
  shapeClass: ({ rows, columns, inner, transposeA, transposeB }) => ({
    ...plainMatmul,
    rows,
    columns,
    inner,
    transposeA,
    transposeB,
  }),
});

const matmulVariants = declareMatmulVariants(matmul);

const blockSize = 4;
let packedA = new Float64Array(0);
let packedB = new Float64Array(0);

/** Both operands are packed into blocks of four rows or columns, which then lie in order of use. */
function twin(attributes: MatmulAttributes, data: Readonly<Record<MatmulBinding, Data>>): void {
  const { rows, columns, inner, transposeA, transposeB } = attributes;
  const rowBlocks = Math.ceil(rows / blockSize);
  const columnBlocks = Math.ceil(columns / blockSize);
  packedA = grown(packedA, rowBlocks * inner * blockSize);
  packedB = grown(packedB, columnBlocks * inner * blockSize);
  pack(packedA, data.a, rows, inner, transposeA ? 1 : inner, transposeA ? rows : 1);
  pack(packedB, data.b, columns, inner, transposeB ? inner : 1, transposeB ? 1 : columns);
  const finish = epilogue(attributes, data);
  const tile = new Float64Array(16);
  for (let j = 0; j < columnBlocks; j++) {
    for (let i = 0; i < rowBlocks; i++) {
      multiplyTile(tile, i * inner * blockSize, j * inner * blockSize, inner);
      const lastRow = Math.min(blockSize, rows - i * blockSize);
      const lastColumn = Math.min(blockSize, columns - j * blockSize);
      for (let r = 0; r < lastRow; r++) {
        for (let c = 0; c < lastColumn; c++) finish(i * blockSize + r, j * blockSize + c, tile[r * blockSize + c]);
      }
    }
  }
  if (attributes.columnSum) sumColumns(attributes, data);
}

function grown(scratch: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  return scratch.length >= length ? scratch : new Float64Array(length);
}

/** Lines (rows of A, columns of B) in blocks of four, interleaved along the inner axis; missing lines are zero. */
function pack(target: Float64Array, from: Data, lines: number, inner: number, lineStride: number, step: number): void {
  let at = 0;
  for (let line = 0; line < lines; line += blockSize) {
    for (let k = 0; k < inner; k++) {
      for (let l = line; l < line + blockSize; l++) target[at++] = l < lines ? from[l * lineStride + k * step] : 0;
    }
  }
}

/** tile[4,4] = the product of one block of A and one of B. */
function multiplyTile(tile: Float64Array, fromA: number, fromB: number, inner: number): void {
  const a = packedA;
  const b = packedB;
  let c00 = 0,
    c01 = 0,
    c02 = 0,
    c03 = 0;
  let c10 = 0,
    c11 = 0,
    c12 = 0,
    c13 = 0;
  let c20 = 0,
    c21 = 0,
    c22 = 0,
    c23 = 0;
  let c30 = 0,
    c31 = 0,
    c32 = 0,
    c33 = 0;
  for (let k = 0; k < inner; k++) {
    const at = fromA + k * 4;
    const bt = fromB + k * 4;
    const b0 = b[bt],
      b1 = b[bt + 1],
      b2 = b[bt + 2],
      b3 = b[bt + 3];
    const a0 = a[at];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = a[at + 1];
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = a[at + 2];
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = a[at + 3];
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c03;
  tile[4] = c10;
  tile[5] = c11;
  tile[6] = c12;
  tile[7] = c13;
  tile[8] = c20;
  tile[9] = c21;
  tile[10] = c22;
  tile[11] = c23;
  tile[12] = c30;
  tile[13] = c31;
  tile[14] = c32;
  tile[15] = c33;
}

type Finish = (row: number, column: number, sum: number) => void;

function epilogue(attributes: MatmulAttributes, data: Readonly<Record<MatmulBinding, Data>>): Finish {
  const { columns, hasBias, activation, storePreActivation, activationGradient } = attributes;
  const { dropout, dropoutStream, hasResidual, accumulate } = attributes;
  const { bias, residual, preActivation, output, counters } = data;
  return (row, column, sum) => {
    const at = row * columns + column;
    let v = sum;
    if (hasBias) v += bias[column];
    if (storePreActivation) preActivation[at] = v;
    if (activation) v = geluValue(v, activation);
    if (activationGradient) v *= geluSlope(preActivation[at], activationGradient);
    if (dropout) v *= dropoutScale(counters[1], counters[0], dropoutStream, at, dropout);
    if (hasResidual) v += residual[at];
    if (accumulate) v += output[at];
    output[at] = v;
  };
}

function sumColumns(attributes: MatmulAttributes, data: Readonly<Record<MatmulBinding, Data>>): void {
  const { columns, inner, accumulateColumnSum } = attributes;
  const { b, columnSum } = data;
  for (let column = 0; column < columns; column++) {
    let sum = accumulateColumnSum ? columnSum[column] : 0;
    for (let k = 0; k < inner; k++) sum += b[k * columns + column];
    columnSum[column] = sum;
  }
}
