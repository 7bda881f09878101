/** The ways to share a row between threads: neighbours that sum up through workgroup memory, or a subgroup. */
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroup from '../../../shaders/lib/reduce-subgroup.wgsl?raw';
import { type Attributes, type DeviceTraits, type Grid, type Kernel, rowGrid, type Variant } from './kernel.ts';

interface RowSplit {
  readonly name: string;
  /** Threads of a row, and of a workgroup. */
  readonly lanes: number;
  readonly threads: number;
  /** WGSL that sums up over the threads of a row. */
  readonly library: string;
  fits(device: DeviceTraits): boolean;
}

/** A workgroup of one row, which one subgroup holds. */
function subgroup(lanes: number, below = Number.POSITIVE_INFINITY): RowSplit {
  const fits = ({ subgroupSize }: DeviceTraits) => subgroupSize >= lanes && subgroupSize < below;
  return { name: `subgroup, ${lanes} lanes`, lanes, threads: lanes, library: reduceSubgroup, fits };
}

function neighbours(lanes: number): RowSplit {
  return { name: `vector, ${lanes} lanes`, lanes, threads: 64, library: reduce, fits: () => true };
}

const splits: readonly RowSplit[] = [subgroup(32), subgroup(8), subgroup(4, 8), neighbours(8), neighbours(32)];

/** Vec4s of a row that a thread keeps in registers. */
const mostKept = 16;

interface RowWork<A> {
  /** WGSL files around the library, with an entry point that takes rows by vec4s. */
  readonly source: (library: string) => readonly string[];
  readonly entryPoint: string;
  /** Elements of a row. */
  readonly width: (attributes: A) => number;
  /** Workgroups beside those that take rows. */
  readonly otherGroups?: (attributes: A) => number;
}

/** The variants of a kernel that works on rows: by vec4s, with the row in registers. */
export function rowVariants<A extends Attributes & { readonly rows: number }, B extends string>(
  reference: Kernel<A, B>,
  { source, entryPoint, width, otherGroups = () => 0 }: RowWork<A>,
): Variant<A, B>[] {
  const { name, bindings, twin, shapeClass } = reference;
  return splits.map(({ name: split, lanes, threads, library, fits }) => ({
    kernel: {
      ...{ name: `${name} ${split}`, bindings, twin, shapeClass },
      ...{ source: source(library), entryPoint, tunables: { lanes, threads } },
      grid: (attributes): Grid => rowGrid(Math.ceil((attributes.rows * lanes) / threads) + otherGroups(attributes)),
    },
    fits: (attributes, device) => {
      const vectors = width(attributes) / 4;
      return Number.isInteger(vectors) && vectors <= mostKept * lanes && vectors >= lanes && fits(device);
    },
  }));
}
