/** The ways to share a row between threads: neighbours that sum up through workgroup memory, or a subgroup. */
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroup from '../../../shaders/lib/reduce-subgroup.wgsl?raw';
import {
  type Attributes,
  type DeviceTraits,
  type Grid,
  hasNarrowSubgroups,
  type Kernel,
  rowGrid,
  type Variant,
} from './kernel.ts';

interface RowSplit {
  readonly name: string;
  /** Threads of a row, and of a workgroup. */
  readonly lanes: number;
  readonly threads: number;
  /** Rows that a thread takes one after the other. */
  readonly rowsEach: number;
  /** WGSL that sums up over the threads of a row. */
  readonly library: string;
  fits(device: DeviceTraits): boolean;
}

/** A workgroup of one row at a time, which one subgroup holds. */
function subgroup(lanes: number, rowsEach: number, below = Number.POSITIVE_INFINITY): RowSplit {
  const fits = ({ subgroupSize }: DeviceTraits) => subgroupSize >= lanes && subgroupSize < below;
  const name = `subgroup, ${lanes} lanes${rowsEach > 1 ? `, ${rowsEach} rows` : ''}`;
  return { name, lanes, threads: lanes, rowsEach, library: reduceSubgroup, fits };
}

function neighbours(lanes: number, threads = 64): RowSplit {
  const name = `vector, ${lanes} lanes${threads > 64 ? `, ${threads} threads` : ''}`;
  const fits = ({ workgroupThreads }: DeviceTraits) => workgroupThreads >= threads;
  return { name, lanes, threads, rowsEach: 1, library: reduce, fits };
}

/** Several rows each leave few workgroups, which is enough for processors with few cores: these have small subgroups. */
const splits: readonly RowSplit[] = [
  ...[subgroup(32, 1), subgroup(8, 16, 32), subgroup(8, 1), subgroup(4, 16, 8), subgroup(4, 1, 8)],
  ...[neighbours(8), neighbours(32), subgroup(32, 16)],
];

/** Where a workgroup takes many rows anyway: several at a time, first of all on graphics cards. */
const splitsOfParts: readonly RowSplit[] = [
  where(neighbours(32, 256), false),
  ...splits.filter(({ rowsEach }) => rowsEach === 1),
  where(neighbours(32, 256), true),
];

function where(split: RowSplit, narrow: boolean): RowSplit {
  return { ...split, fits: (device) => hasNarrowSubgroups(device) === narrow && split.fits(device) };
}

/** Vec4s of a row that a thread keeps in registers; twice as many where only processors have so few lanes. */
const mostKept = (lanes: number) => (lanes < 8 ? 32 : 16);

interface RowWork<A> {
  /** WGSL files around the library, with an entry point that takes rows by vec4s. */
  readonly source: (library: string) => readonly string[];
  readonly entryPoint: string;
  /** Elements of a row. */
  readonly width: (attributes: A) => number;
  /** Workgroups, where rows come in so many parts, however many a thread then takes. */
  readonly parts?: (attributes: A) => number;
}

/** The variants of a kernel that works on rows: by vec4s, with the row in registers. */
export function rowVariants<A extends Attributes & { readonly rows: number }, B extends string>(
  reference: Kernel<A, B>,
  { source, entryPoint, width, parts }: RowWork<A>,
): Variant<A, B>[] {
  const { name, bindings, twin, shapeClass } = reference;
  return (parts ? splitsOfParts : splits).map(({ name: split, lanes, threads, rowsEach, library, fits }) => ({
    kernel: {
      ...{ name: `${name} ${split}`, bindings, twin, shapeClass },
      ...{ source: source(library), entryPoint, tunables: { lanes, threads, rowsEach } },
      turns: (attributes) => ({ share: Math.ceil(width(attributes) / 4 / lanes) }),
      grid: (attributes): Grid =>
        rowGrid(parts?.(attributes) ?? Math.ceil((attributes.rows * lanes) / threads / rowsEach)),
    },
    fits: (attributes, device) => {
      const vectors = width(attributes) / 4;
      return Number.isInteger(vectors) && vectors <= mostKept(lanes) * lanes && vectors >= lanes && fits(device);
    },
  }));
}
