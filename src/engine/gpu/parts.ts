/** Long dispatches go in parts, and long programs in several submits, so that no watchdog takes the device for hung. */

/** Milliseconds, as estimated. */
export interface Patience {
  /** A dispatch that takes longer goes in parts. */
  readonly dispatchMs: number;
  /** Dispatches that take longer in all go in several submits. */
  readonly submitMs: number;
}

/** Windows resets a device that does not answer for two seconds, and a page should not stutter either. */
export const watchdogPatience: Patience = { dispatchMs: 50, submitMs: 1000 };

/** A program on the CPU is interrupted by nobody. */
export const endlessPatience: Patience = { dispatchMs: Number.POSITIVE_INFINITY, submitMs: Number.POSITIVE_INFINITY };

/** Workgroups [first, end) of a dispatch. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** All of `groups` workgroups, which take `ms` together, in equal spans that take `dispatchMs` each at most. */
export function spansOf(groups: number, ms: number, { dispatchMs }: Patience): Span[] {
  const count = Math.min(groups, Math.ceil(ms / dispatchMs));
  const size = Math.ceil(groups / count);
  return Array.from({ length: Math.ceil(groups / size) }, (_, part) => ({
    first: part * size,
    end: Math.min(groups, (part + 1) * size),
  }));
}

/** Items in order, in runs that take `submitMs` in all at most; an item that takes longer is a run of its own. */
export function runsOf<T extends { readonly ms: number }>(items: readonly T[], { submitMs }: Patience): T[][] {
  const runs: T[][] = [[]];
  let total = 0;
  for (const item of items) {
    if (total > 0 && total + item.ms > submitMs) {
      runs.push([]);
      total = 0;
    }
    runs[runs.length - 1].push(item);
    total += item.ms;
  }
  return runs;
}

const usage = { copyDestination: 8, uniform: 64 } as const;

/** Bind groups that tell a shader in parts which of its workgroups are meant; one for each span there is. */
export class SpanBindings {
  readonly layout: GPUBindGroupLayout;
  private readonly groups = new Map<string, GPUBindGroup>();

  constructor(private readonly device: GPUDevice) {
    this.layout = device.createBindGroupLayout({
      label: 'span',
      entries: [{ binding: 0, visibility: 4, buffer: { type: 'uniform' } }],
    });
  }

  get({ first, end }: Span): GPUBindGroup {
    const key = `${first} ${end}`;
    let group = this.groups.get(key);
    if (!group) {
      const label = `workgroups ${first} to ${end}`;
      const buffer = this.device.createBuffer({ label, size: 16, usage: usage.uniform | usage.copyDestination });
      this.device.queue.writeBuffer(buffer, 0, Uint32Array.of(first, end));
      group = this.device.createBindGroup({
        label,
        layout: this.layout,
        entries: [{ binding: 0, resource: { buffer } }],
      });
      this.groups.set(key, group);
    }
    return group;
  }
}
