/** Measures what a device can do at best, so that the speed of kernels can be told as a share of it. */
import type { Roofline } from '../../contract/speed.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { copyProbe, emptyProbe, multiplyAddProbe, workgroupMemoryProbe } from '../kernels/probes.ts';
import type { Backend } from '../program/program.ts';
import { Scratch } from '../program/scratch.ts';

/** Work of a probe: elements of four floats, and how often each is worked on. */
type Size = { readonly length: number; readonly rounds: number };

/** Calls grow from the smallest to at most the largest size: enough threads to fill a large GPU, and copies that most
 *  caches can't hold. */
const computed = { smallest: { length: 2 ** 12, rounds: 8 }, largest: { length: 2 ** 17, rounds: 2 ** 9 } } as const;
const shared = { smallest: { length: 2 ** 12, rounds: 64 }, largest: { length: 2 ** 17, rounds: 2 ** 13 } } as const;
const copied = { smallest: { length: 2 ** 18, rounds: 1 }, largest: { length: 2 ** 22, rounds: 1 } } as const;
/** A call that takes this long hides what its dispatch costs. */
const longEnoughMs = 1;
const mostSizes = 3;

/** What each device has been seen to reach: other work can only slow a probe down. */
const best = new WeakMap<Backend, Roofline>();

/** The best of all measurements of a device so far; another one takes about a second.
 *  @throws ProblemError where there is no memory for it */
export async function measureRoofline(backend: Backend): Promise<Roofline> {
  const measured = await measureOnce(backend);
  const roofline = better(measured, best.get(backend) ?? measured);
  best.set(backend, roofline);
  return roofline;
}

function better(a: Roofline, b: Roofline): Roofline {
  const most = (x: number | undefined, y: number | undefined) => x && y && Math.max(x, y);
  return {
    multiplyAddGflops: Math.max(a.multiplyAddGflops, b.multiplyAddGflops),
    copyGigabytesPerSecond: Math.max(a.copyGigabytesPerSecond, b.copyGigabytesPerSecond),
    workgroupMemoryGigabytesPerSecond: most(a.workgroupMemoryGigabytesPerSecond, b.workgroupMemoryGigabytesPerSecond),
    emptyDispatchMs: a.emptyDispatchMs && b.emptyDispatchMs && Math.min(a.emptyDispatchMs, b.emptyDispatchMs),
  };
}

/** What a device reaches now. @throws ProblemError where there is no memory for it */
export async function measureOnce(backend: Backend): Promise<Roofline> {
  const multiplyAdd = await timeProbe(backend, multiplyAddProbe, computed);
  const copy = await timeProbe(backend, copyProbe, copied);
  const roofline = {
    multiplyAddGflops: (multiplyAddProbe.flops?.(multiplyAdd) ?? 0) / multiplyAdd.ms / 1e6,
    copyGigabytesPerSecond: (2 * copy.length * 16) / copy.ms / 1e6,
  };
  if (backend.kind === 'cpu') return roofline;
  const workgroup = await timeProbe(backend, workgroupMemoryProbe, shared);
  return {
    ...roofline,
    workgroupMemoryGigabytesPerSecond: (workgroup.length * workgroup.rounds * 32) / workgroup.ms / 1e6,
    emptyDispatchMs: await timeCall(backend, emptyProbe, { length: 1, rounds: 1 }),
  };
}

async function timeProbe(
  backend: Backend,
  kernel: Kernel,
  { smallest, largest }: { readonly smallest: Size; readonly largest: Size },
): Promise<Size & { readonly ms: number }> {
  let size: Size = smallest;
  let ms = await timeCall(backend, kernel, size);
  for (let sizes = 1; sizes < mostSizes && ms < longEnoughMs; sizes++) {
    const length = Math.min(largest.length, size.length * 2 ** Math.ceil(Math.log2(longEnoughMs / ms)));
    const missing = (longEnoughMs / ms / length) * size.length;
    const rounds = Math.min(largest.rounds, size.rounds * Math.max(1, Math.ceil(missing)));
    if (length === size.length && rounds === size.rounds) break;
    size = { length, rounds };
    ms = await timeCall(backend, kernel, size);
  }
  return { ...size, ms };
}

/** Milliseconds of a call, on memory of its own. */
async function timeCall(backend: Backend, kernel: Kernel, attributes: Size): Promise<number> {
  const length = attributes.length * 4;
  const range = (label: string) => ({ storage: { label, element: 'f32', length } as const, offset: 0, length });
  const scratch = new Scratch(backend, { kernel, attributes, ranges: { x: range('x'), y: range('y') } });
  try {
    await scratch.allocate();
    return await scratch.timeAlone(kernel);
  } finally {
    scratch.destroy();
  }
}
