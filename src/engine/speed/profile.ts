/** Adds up where the time of a training step goes, family by family. */
import type { KernelFamily, KernelPick, KernelSpeed, Roofline, SpeedReport } from '../../contract/speed.ts';
import type { Backend, Dispatch, Executable, PassTimes } from '../program/program.ts';
import { bytesOf, flopsOf } from '../program/work.ts';
import { familiesOf } from './families.ts';

/** Browsers round timestamps to 0.1 ms, so that only the mean of many steps says something. */
const budgetMs = 500;
const mostSteps = 50;

export async function profile(backend: Backend, step: Executable, roofline: Roofline): Promise<SpeedReport> {
  const passes = await timePasses(backend, step);
  // On the CPU there is nothing to pick.
  const kernels = sumUp(step, passes, roofline).map((sum) => sum.speed(backend.kind === 'webgpu'));
  kernels.sort((a, b) => b.ms - a.ms);
  return { roofline: raised(roofline, kernels), kernels, steps: passes.length, clock: passes[0].clock };
}

/** Nothing beats a limit: where a kernel does, other work held the probe up, and the kernel's speed is the better limit. */
export function raised(roofline: Roofline, kernels: readonly KernelSpeed[]): Roofline {
  const reached = kernels.map(({ flops, ms }) => flops / ms / 1e6).filter(Number.isFinite);
  return { ...roofline, multiplyAddGflops: Math.max(roofline.multiplyAddGflops, ...reached) };
}

/** The first pass is left out where there is time for another one: it pays for what the driver builds late. */
async function timePasses(backend: Backend, step: Executable): Promise<PassTimes[]> {
  const startMs = performance.now();
  const passes = [await step.time()];
  const isOneEnough = passes[0].clock === 'repeats';
  while (!isOneEnough && passes.length <= mostSteps && performance.now() - startMs < budgetMs) {
    await backend.idle();
    passes.push(await step.time());
  }
  return passes.length > 1 ? passes.slice(1) : passes;
}

class FamilySum {
  ms = 0;
  private flops = 0;
  private bytes = 0;
  private calls = 0;
  private readonly picks = new Map<string, number>();

  constructor(private readonly family: KernelFamily) {}

  /** @param kernel name of what runs the call */
  count(call: Dispatch, kernel: string): void {
    this.calls += 1;
    this.flops += flopsOf(call);
    this.bytes += bytesOf(call);
    this.picks.set(kernel, (this.picks.get(kernel) ?? 0) + 1);
  }

  speed(hasPicks: boolean): KernelSpeed {
    const { family, calls, ms, flops, bytes } = this;
    const picks = [...this.picks].map(([kernel, each]): KernelPick => ({ kernel, calls: each }));
    return { family, calls, ms, flops, bytes, picks: hasPicks ? picks.sort((a, b) => b.calls - a.calls) : [] };
  }
}

interface Part {
  readonly sum: FamilySum;
  /** Of the time of its dispatch. */
  readonly share: number;
}

/** Means over the passes, all of which have the same dispatches. */
function sumUp({ program }: Executable, passes: readonly PassTimes[], roofline: Roofline): FamilySum[] {
  const familyOf = familiesOf(program);
  const recorded = new Map(program.dispatches.map((call) => [call.ranges, call]));
  const sums = new Map<KernelFamily | undefined, FamilySum>();
  for (const family of familyOf.values()) sums.set(family, sums.get(family) ?? new FamilySum(family));
  const partsOf = (calls: readonly Dispatch[]): Part[] => {
    // As recorded: what a backend runs instead does not say what it moves.
    const originals = calls.map((call) => recorded.get(call.ranges) ?? call);
    const shares = sharesOf(originals, roofline);
    return originals.flatMap((call, index) => {
      const sum = sums.get(familyOf.get(call.ranges));
      sum?.count(call, calls[index].kernel.name);
      return sum ? [{ sum, share: shares[index] }] : [];
    });
  };
  const parts = passes[0].dispatches.map(({ calls }) => partsOf(calls));
  for (const { dispatches } of passes) {
    for (const [index, { ms }] of dispatches.entries()) {
      for (const { sum, share } of parts[index]) sum.ms += (share * ms) / passes.length;
    }
  }
  return [...sums.values()];
}

/** Calls of one dispatch share its time as the least time that each of them could take. */
function sharesOf(calls: readonly Dispatch[], roofline: Roofline): number[] {
  const least = calls.map((call) => leastMs(call, roofline));
  const total = least.reduce((sum, ms) => sum + ms, 0);
  return least.map((ms) => (total > 0 ? ms / total : 1 / calls.length));
}

/** Milliseconds that a call takes where the device does the most it can. */
function leastMs(call: Dispatch, { multiplyAddGflops, copyGigabytesPerSecond }: Roofline): number {
  return Math.max(flopsOf(call) / multiplyAddGflops, bytesOf(call) / copyGigabytesPerSecond) / 1e6;
}
