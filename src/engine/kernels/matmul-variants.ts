/** The ways to multiply matrices on a GPU: register tiles, broadcasts within a subgroup, workgroup memory, k in slices. */
import gelu from '../../../shaders/lib/gelu.wgsl?raw';
import blocks from '../../../shaders/lib/matmul-blocks.wgsl?raw';
import epilogue from '../../../shaders/lib/matmul-epilogue.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import random from '../../../shaders/lib/random.wgsl?raw';
import registerTiles from '../../../shaders/matmul.wgsl?raw';
import slicedTiles from '../../../shaders/matmul-sliced.wgsl?raw';
import subgroupTiles from '../../../shaders/matmul-subgroup.wgsl?raw';
import workgroupTiles from '../../../shaders/matmul-workgroup.wgsl?raw';
import type { Attributes, Grid, Kernel, Variant } from './kernel.ts';
import type { MatmulAttributes, MatmulBinding } from './matmul.ts';

type MatmulKernel = Kernel<MatmulAttributes, MatmulBinding>;
type MatmulVariant = Variant<MatmulAttributes, MatmulBinding>;

/** WGSL of a matmul: the libraries, the epilogue, the blocks of its operands, and its own file. */
export function matmulSource(source: string): readonly string[] {
  return [prelude, random, gelu, epilogue, blocks, source];
}

/** Grid of workgroups that take `rows` × `columns` of the output each. */
export function tileGrid(rows: number, columns: number): (attributes: MatmulAttributes) => Grid {
  return (attributes) => [Math.ceil(attributes.columns / columns), Math.ceil(attributes.rows / rows), 1];
}

function isVectorShape({ rows, columns, inner, transposeA, transposeB }: MatmulAttributes): boolean {
  const rowOfA = transposeA ? rows : inner;
  return rowOfA % 4 === 0 && columns % 4 === 0 && !(transposeB && inner % 4 > 0) && !(transposeA && transposeB);
}

/** Rows and columns of a subgroup tile in blocks of 8 and 4, and the threads that lie side by side. */
interface SubgroupTile {
  readonly rowBlocks: number;
  readonly columnBlocks: number;
  readonly threads: number;
}

const subgroupTileList: readonly SubgroupTile[] = [
  { rowBlocks: 2, columnBlocks: 1, threads: 8 },
  { rowBlocks: 2, columnBlocks: 2, threads: 8 },
  { rowBlocks: 2, columnBlocks: 1, threads: 32 },
  { rowBlocks: 1, columnBlocks: 1, threads: 32 },
  { rowBlocks: 1, columnBlocks: 2, threads: 32 },
];

/** For subgroups of 4. Larger tiles were slower on SwiftShader, which has too few registers for them. */
const narrowTileList: readonly SubgroupTile[] = [
  { rowBlocks: 1, columnBlocks: 1, threads: 8 },
  { rowBlocks: 1, columnBlocks: 1, threads: 32 },
];

function isNarrow(subgroupSize: number): boolean {
  return subgroupSize >= 4 && subgroupSize < 8;
}

const sliceCounts = [2, 4, 8];
/** Outputs with more elements have tiles for every core of a large GPU. */
const mostSlicedOutputs = 2 ** 18;
const shortestSlice = 64;

/** Slices of k are for outputs of few tiles, each the sum of many products. */
function needsSlices({ rows, columns, inner }: MatmulAttributes, slices: number): boolean {
  return rows * columns <= mostSlicedOutputs && inner >= slices * shortestSlice;
}

/** The variants of a matmul, as kernels that differ from `reference` in WGSL and grid only. */
export function declareMatmulVariants(reference: MatmulKernel): readonly MatmulVariant[] {
  const { bindings, twin, flops, shapeClass } = reference;
  const kernel = (
    name: string,
    source: string,
    entryPoint: string,
    grid: MatmulKernel['grid'],
    tunables?: Attributes,
  ) => {
    const own = { name: `matmul ${name}`, source: matmulSource(source), entryPoint, tunables, grid };
    return { ...own, bindings, twin, flops, shapeClass };
  };
  const subgroup = (tile: SubgroupTile, narrow: number): MatmulVariant => {
    const [lines, columns] = [tile.rowBlocks * 8, tile.columnBlocks * 4];
    const name = `subgroup ${lines}×${columns}, ${tile.threads} threads${narrow ? ', narrow' : ''}`;
    const grid = tileGrid(lines, columns * tile.threads);
    const turns = () => ({ lines });
    return {
      kernel: { ...kernel(name, subgroupTiles, 'subgroup', grid, { ...tile, narrow }), turns },
      fits: (attributes, { subgroupSize }) =>
        (narrow ? isNarrow(subgroupSize) : subgroupSize >= 8) &&
        attributes.columns % 4 === 0 &&
        attributes.inner % 4 === 0 &&
        isVectorShape(attributes),
    };
  };
  const sliced = (slices: number): MatmulVariant => ({
    kernel: kernel(`sliced 16×32, ${slices} slices`, slicedTiles, 'sliced', tileGrid(16, 32), { slices }),
    fits: (attributes, { workgroupThreads, workgroupBytes }) =>
      needsSlices(attributes, slices) &&
      isVectorShape(attributes) &&
      workgroupThreads >= slices * 32 &&
      // Five vec4s a thread, of half of the slices at a time.
      workgroupBytes >= slices * 16 * 80,
  });
  return [
    ...subgroupTileList.map((tile) => subgroup(tile, 0)),
    ...narrowTileList.map((tile) => subgroup(tile, 1)),
    { kernel: kernel('vector 4×8', registerTiles, 'vector', tileGrid(32, 64)), fits: isVectorShape },
    {
      kernel: kernel('workgroup 64×64', workgroupTiles, 'tiled', tileGrid(64, 64)),
      // Where subgroups are narrow, in CPUs and old mobile GPUs, workgroup memory is memory like any other.
      fits: ({ columns, transposeA, transposeB }, { subgroupSize, workgroupThreads, workgroupBytes }) =>
        !isNarrow(subgroupSize) &&
        columns % 4 === 0 &&
        !(transposeA && transposeB) &&
        workgroupThreads >= 256 &&
        workgroupBytes >= 8192,
    },
    ...sliceCounts.map(sliced),
  ];
}
