/** Times the variants of a program's kernels on this device, and picks the fastest that computes what the reference does. */
import { type Data, fittingKernels, type Kernel } from '../kernels/kernel.ts';
import { type Dispatch, halvesOf, type Program } from '../program/program.ts';
import { Scratch } from '../program/scratch.ts';
import type { GpuBackend } from './gpu-backend.ts';
import { shapeKey } from './kernel-choice.ts';
import { largestDifference } from './largest-difference.ts';
import { type Kind, Ranking } from './ranking.ts';

/** What was found for a shape class. */
export interface Finding {
  /** Names, fastest first. */
  readonly kernels: readonly string[];
  /** Of a call by the first of them; absent where all variants were out. */
  readonly ms?: number;
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

interface Shape {
  readonly key: string;
  readonly dispatch: Dispatch;
  readonly variants: readonly Kernel[];
  readonly kind: Kind;
  /** Operations of all calls of the shape in the program. */
  readonly work: number;
}

/** Gives `backend` a pick for every shape class of `program`. Deterministic training rests on it: a shape keeps its pick
 *  for the life of the backend, and what was timed keeps it between sessions, as long as the store does. */
export async function tune(backend: GpuBackend, program: Program, options: TuneOptions): Promise<Pick[]> {
  const remembered = (await options.store?.read(options.adapter)) ?? {};
  const tuning = new Tuning(backend, options, remembered);
  const shapes = findShapes(backend, program);
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

/** Shape classes with a choice and without a pick; the first of each kind is its smallest, where the reference is run,
 *  the others follow by work. */
function findShapes(backend: GpuBackend, program: Program): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const dispatch of program.dispatches) {
    const { kernel } = dispatch;
    const key = shapeKey(dispatch);
    const attributes = kernel.shapeClass?.(dispatch.attributes) ?? dispatch.attributes;
    const fitting = fittingKernels(kernel, attributes, backend.kernels.traits);
    if (fitting.length < 2 || backend.kernels.hasPick(key)) continue;
    const flops = kernel.flops?.(attributes) ?? 0;
    const work = (shapes.get(key)?.work ?? 0) + flops;
    const switches = Object.entries(attributes).filter(([, value]) => value <= 1);
    const name = `${kernel.name} ${JSON.stringify(switches)} ${halvesOf(dispatch)}`;
    const kind = { name, reference: fitting[fitting.length - 1] };
    shapes.set(key, { key, dispatch: { ...dispatch, attributes }, variants: fitting.slice(0, -1), kind, work });
  }
  const all = [...shapes.values()].sort((a, b) => b.work - a.work);
  const smallest = new Map<string, Shape>();
  for (const shape of all) smallest.set(shape.kind.name, shape);
  const first = new Set(smallest.values());
  return [...first, ...all.filter((shape) => !first.has(shape))];
}

class Tuning {
  private readonly deadlineMs: number;
  private readonly ranking = new Ranking();
  /** Kinds and kernels that have been compared with the reference. */
  private readonly compared = new Set<string>();
  /** Variants tried, and how long all that took: mostly their compilation. */
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
    this.backend.kernels.pick(shape.key, chosen);
    if (pick.ms !== undefined) this.backend.times.record({ ...shape.dispatch, kernel: chosen[0] }, pick.ms);
    return pick;
  }

  private remember(shape: Shape): Pick | undefined {
    const { kernels: names = [], ms } = this.remembered[shape.key] ?? {};
    const kernels = names.filter((name) => kernelsOf(shape).some((kernel) => kernel.name === name));
    return kernels.length > 0 ? { shape: shape.key, kernels, ms, origin: 'remembered', candidates: [] } : undefined;
  }

  private async time(shape: Shape): Promise<Pick | undefined> {
    if (!this.hasTimeForAnother()) return undefined;
    const candidates = await this.findCandidates(shape);
    const kernels = [...candidates.map(({ kernel }) => kernel), shape.kind.reference.name];
    return { shape: shape.key, kernels, ms: candidates.at(0)?.ms, origin: 'timed', candidates };
  }

  private guess({ key, kind, variants }: Shape): Pick {
    const kernels = this.ranking.order(kind, variants, Number.MAX_VALUE).map(({ name }) => name);
    return { shape: key, kernels: [...kernels, kind.reference.name], origin: 'untimed', candidates: [] };
  }

  /** Whether another variant can be tried in the time left, if it takes as long as those before. */
  private hasTimeForAnother(): boolean {
    return performance.now() + this.spentMs / Math.max(1, this.tried) < this.deadlineMs;
  }

  /** Variants that compute the right thing at a shape, fastest first. */
  private async findCandidates(shape: Shape): Promise<Candidate[]> {
    const { kind, dispatch } = shape;
    const flops = kind.reference.flops?.(dispatch.attributes) ?? 0;
    const allowed = halvesOf(dispatch).length > 0 ? halfTolerance : tolerance;
    const scratch = new Scratch(this.backend, dispatch);
    const tried: Kernel[] = [];
    const candidates: Candidate[] = [];
    try {
      await scratch.allocate();
      let expected: Data[] | undefined;
      for (const kernel of this.variantsToTime(shape)) {
        if (candidates.length > 0 && !this.hasTimeForAnother()) break;
        const startMs = performance.now();
        const comparison = `${kind.name} ${kernel.name}`;
        if (!this.compared.has(comparison) || flops <= referenceFlops)
          expected ??= await scratch.results(kind.reference);
        const best = Math.min(...candidates.map(({ ms }) => ms));
        // A variant that the device's compiler refuses is out, as one that computes something else.
        const candidate = await measure(scratch, kernel, { expected, allowed }, best).catch(() => undefined);
        tried.push(kernel);
        this.tried += 1;
        this.spentMs += performance.now() - startMs;
        if (!candidate) continue;
        this.compared.add(comparison);
        candidates.push(candidate);
      }
    } finally {
      scratch.destroy();
    }
    this.ranking.record(kind, tried, new Map(candidates.map(({ kernel, ms }) => [kernel, ms])));
    return candidates.sort((a, b) => a.ms - b.ms);
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

/** Undefined where the variant computes something else than expected. @throws where it does not compile */
async function measure(
  scratch: Scratch,
  kernel: Kernel,
  { expected, allowed }: { readonly expected?: readonly Data[]; readonly allowed: number },
  bestMs: number,
): Promise<Candidate | undefined> {
  const difference = expected && largestDifference(await scratch.results(kernel), expected);
  if (difference !== undefined && !(difference <= allowed)) return undefined;
  return { kernel: kernel.name, ms: await scratch.time(kernel, bestMs), difference };
}
