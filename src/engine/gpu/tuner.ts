/** Times the variants of a program's kernels on this device, and picks the fastest that computes what the reference does. */
import type { Data, Kernel } from '../kernels/kernel.ts';
import { halvesOf, type Program } from '../program/program.ts';
import { Scratch } from '../program/scratch.ts';
import type { GpuBackend } from './gpu-backend.ts';
import { largestDifference } from './largest-difference.ts';
import { Ranking } from './ranking.ts';
import { findShapes, type Shape } from './shape-classes.ts';

/** What was found for a shape class. */
export interface Finding {
  /** Names, fastest first. */
  readonly kernels: readonly string[];
  /** Of a call by each of the first of them, as far as they were timed. */
  readonly ms: readonly number[];
}

/** By shape class. */
export type Picks = Readonly<Record<string, Finding>>;

/** Remembers picks between sessions. What it returns may be old; names are checked. */
export interface PickStore {
  read(adapter: string): Promise<Picks>;
  write(adapter: string, picks: Picks): Promise<void>;
}

/** One variant at one shape. */
export interface Candidate {
  readonly kernel: string;
  readonly ms: number;
  /** Largest difference from the reference, relative to the largest value (at least 1); absent where it was compared
   *  at another shape. */
  readonly difference?: number;
}

/** All of its kernels compute what the reference does, as far as was compared. */
export interface Pick extends Finding {
  /** Kernel and shape class. */
  readonly shape: string;
  /** 'untimed': time ran out, and the pick is that of the most similar shape, or the preferred variant. */
  readonly origin: 'timed' | 'remembered' | 'untimed';
  readonly candidates: readonly Candidate[];
}

export interface TuneOptions {
  readonly adapter: string;
  readonly store?: PickStore;
  /** Stop timing after this long; Infinity to time everything. */
  readonly budgetMs: number;
  /** Time every variant at every shape, however slow it looks. */
  readonly exhaustive?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Time to look for the fastest variants before a run; with what else it does, under two seconds. */
export const tuningBudgetMs = 1600;

/** Products of a few hundred float32 terms in another order differ by less. */
const tolerance = 1e-4;
/** Of products rounded to f16. */
const halfTolerance = 5e-3;
/** A variant this many times slower than the best at shapes of other kinds is not tried. */
const hopeless = 3;
/** Shapes with more work than this are not run by the reference where its variants were compared at another shape. */
const referenceFlops = 1e8;

/** Variants of a shape to time at least: one alone says nothing. */
const fewestToTime = 2;

/** A variant that computes what the reference does. */
interface Checked {
  readonly kernel: Kernel;
  readonly difference?: number;
}

/** Gives `backend` a pick for every shape class of `program`. Deterministic training rests on it: a shape keeps its pick
 *  for the life of the backend, and what was timed keeps it between sessions, as long as the store does. */
export async function tune(backend: GpuBackend, program: Program, options: TuneOptions): Promise<Pick[]> {
  const remembered = (await options.store?.read(options.adapter)) ?? {};
  const tuning = new Tuning(backend, options, remembered);
  const shapes = findShapes(backend.kernels, program);
  const picks: Pick[] = [];
  for (const [done, shape] of shapes.entries()) {
    options.onProgress?.(done, shapes.length);
    picks.push(await tuning.pick(shape));
  }
  options.onProgress?.(shapes.length, shapes.length);
  const timed = picks
    .filter(({ origin }) => origin === 'timed')
    .map(({ shape, kernels, ms }) => [shape, { kernels, ms }] as const);
  if (timed.length > 0) await options.store?.write(options.adapter, { ...remembered, ...Object.fromEntries(timed) });
  return picks;
}

class Tuning {
  private readonly deadlineMs: number;
  private readonly ranking = new Ranking();
  /** Kinds and kernels that have been compared with the reference. */
  private readonly compared = new Set<string>();
  /** Variants tried, and how long it took to compile and compare them. */
  private tried = 0;
  private spentMs = 0;

  constructor(
    private readonly backend: GpuBackend,
    private readonly options: TuneOptions,
    private readonly remembered: Picks,
  ) {
    this.deadlineMs = performance.now() + options.budgetMs;
  }

  async pick(shape: Shape): Promise<Pick> {
    const pick = this.remember(shape) ?? (await this.time(shape)) ?? this.guess(shape);
    const chosen = pick.kernels.flatMap((name) => kernelsOf(shape).find((kernel) => kernel.name === name) ?? []);
    this.backend.kernels.pick(shape.key, chosen, pick.ms);
    for (const [rank, ms] of pick.ms.entries()) {
      this.backend.times.record({ ...shape.dispatch, kernel: chosen[rank] }, ms);
    }
    return pick;
  }

  private remember(shape: Shape): Pick | undefined {
    const { kernels: names = [], ms: times = [] } = this.remembered[shape.key] ?? {};
    const isKnown = (name: string) => kernelsOf(shape).some((kernel) => kernel.name === name);
    const kernels = names.filter(isKnown);
    const ms = times.filter((_, rank) => isKnown(names[rank]));
    return kernels.length > 0 ? { shape: shape.key, kernels, ms, origin: 'remembered', candidates: [] } : undefined;
  }

  private async time(shape: Shape): Promise<Pick | undefined> {
    if (!this.hasTimeFor(Math.min(fewestToTime, shape.variants.length))) return undefined;
    const candidates = await this.findCandidates(shape);
    const kernels = [...candidates.map(({ kernel }) => kernel), shape.kind.reference.name];
    return { shape: shape.key, kernels, ms: candidates.map((each) => each.ms), origin: 'timed', candidates };
  }

  private guess({ key, kind, variants }: Shape): Pick {
    const kernels = this.ranking.order(kind, variants, Number.MAX_VALUE).map(({ name }) => name);
    return { shape: key, kernels: [...kernels, kind.reference.name], ms: [], origin: 'untimed', candidates: [] };
  }

  /** Whether this many variants can be tried until then, if each takes as long as those before. */
  private hasTimeFor(variants: number, untilMs = this.deadlineMs): boolean {
    return performance.now() + (variants * this.spentMs) / Math.max(1, this.tried) < untilMs;
  }

  /** When half of the time left is over: as long may compiling the variants of a shape take, and then timing them. */
  private halfTimeMs(): number {
    return (performance.now() + this.deadlineMs) / 2;
  }

  /** Variants that compute the right thing at a shape, fastest first. */
  private async findCandidates(shape: Shape): Promise<Candidate[]> {
    const { kind } = shape;
    const shareMs = this.halfTimeMs();
    const scratch = new Scratch(this.backend, shape.dispatch);
    let expected: Data[] | undefined;
    const tried: Kernel[] = [];
    const right: Checked[] = [];
    try {
      await scratch.allocate();
      for (const kernel of this.variantsToTime(shape)) {
        const untilMs = right.length < fewestToTime ? this.deadlineMs : shareMs;
        if (right.length > 0 && !this.hasTimeFor(1, untilMs)) break;
        const startMs = performance.now();
        if (this.wantsComparison(shape, kernel)) expected ??= await scratch.results(kind.reference);
        // A variant that the device's compiler refuses is out, as one that computes something else.
        const checked = await this.check(scratch, shape, kernel, expected).catch(() => undefined);
        tried.push(kernel);
        if (checked) right.push(checked);
        this.tried += 1;
        this.spentMs += performance.now() - startMs;
      }
      const candidates = await this.timeInTurns(scratch, right);
      this.ranking.record(kind, tried, new Map(candidates.map(({ kernel, ms }) => [kernel, ms])));
      return candidates.sort((a, b) => a.ms - b.ms);
    } finally {
      scratch.destroy();
    }
  }

  /** Whether a variant was not compared with the reference at another shape, or that is quick. */
  private wantsComparison({ kind, dispatch }: Shape, kernel: Kernel): boolean {
    const flops = kind.reference.flops?.(dispatch.attributes) ?? 0;
    return !this.compared.has(kind.name + kernel.name) || flops <= referenceFlops;
  }

  /** Compiles a variant; undefined where it computes something else than expected. @throws where it does not compile */
  private async check(
    scratch: Scratch,
    { kind, dispatch }: Shape,
    kernel: Kernel,
    expected?: readonly Data[],
  ): Promise<Checked | undefined> {
    if (!expected) {
      await scratch.prepare(kernel);
      return { kernel };
    }
    const difference = largestDifference(await scratch.results(kernel), expected);
    const allowed = halvesOf(dispatch).length > 0 ? halfTolerance : tolerance;
    if (!(difference <= allowed)) return undefined;
    this.compared.add(kind.name + kernel.name);
    return { kernel, difference };
  }

  private async timeInTurns(scratch: Scratch, right: readonly Checked[]): Promise<Candidate[]> {
    const endMs = this.halfTimeMs();
    const isUp = () => performance.now() > endMs;
    const kernels = right.map(({ kernel }) => kernel);
    const ms = await scratch.timeInTurns(kernels, isUp);
    return right.map(({ kernel, difference }, index) => ({ kernel: kernel.name, ms: ms[index], difference }));
  }

  /** At the first shape of a kind all that were not hopeless at others, then the fastest ones there. */
  private variantsToTime({ kind, variants }: Shape): readonly Kernel[] {
    if (this.options.exhaustive) return variants;
    const promising = this.ranking.order(kind, variants, hopeless);
    return this.ranking.knows(kind) ? promising.slice(0, 3) : promising;
  }
}

/** The reference comes last. */
function kernelsOf({ variants, kind }: Shape): readonly Kernel[] {
  return [...variants, kind.reference];
}
