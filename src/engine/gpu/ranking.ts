/** What the shapes timed so far tell about variants at other shapes. */
import type { Kernel } from '../kernels/kernel.ts';

/** Shapes of one kind differ in sizes only, so what is fast in one is likely fast in another. */
export interface Kind {
  readonly name: string;
  readonly reference: Kernel;
}

/** Variants that are less than a tenth slower than the best are as good: at another shape either may win. */
const tie = 1.1;

export class Ranking {
  /** Time of a variant over that of the best at the shape timed last; of a kind, and of all kinds. */
  private readonly slowdowns = new Map<string, number>();
  private readonly kinds = new Set<string>();

  /** @param tried all variants that were, including those that are out
   *  @param times milliseconds by name, of those that are not */
  record(kind: Kind, tried: readonly Kernel[], times: ReadonlyMap<string, number>): void {
    const least = Math.min(...times.values());
    for (const variant of tried) {
      const ms = times.get(variant.name);
      this.slowdowns.set(
        `${kind.name}${label(kind, variant)}`,
        ms === undefined ? Number.POSITIVE_INFINITY : ms / least,
      );
      if (ms !== undefined) this.slowdowns.set(label(kind, variant), ms / least);
    }
    this.kinds.add(kind.name);
  }

  knows({ name }: Kind): boolean {
    return this.kinds.has(name);
  }

  /** Variants that are not slower than the best of these by more than `most` as far as is known, the fastest first. What
   *  was never timed counts as fast, and variants that are about equal keep their order. */
  order(kind: Kind, variants: readonly Kernel[], most: number): Kernel[] {
    const slowdown = (variant: Kernel) => {
      const own = this.slowdowns.get(`${kind.name}${label(kind, variant)}`);
      return Math.max(tie, own ?? this.slowdowns.get(label(kind, variant)) ?? 1);
    };
    const possible = variants.filter((each) => Number.isFinite(slowdown(each)));
    const least = Math.min(...possible.map(slowdown));
    return possible.filter((each) => slowdown(each) <= most * least).sort((a, b) => slowdown(a) - slowdown(b));
  }
}

/** What sets a variant apart from its reference, as ' subgroup, 8 threads': kernels of a family have the same ones. */
function label({ reference }: Kind, variant: Kernel): string {
  return variant.name.slice(reference.name.length);
}
