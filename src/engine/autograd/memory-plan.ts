/** Places activations in memory: tensors whose lives do not overlap share a slot. */
import { type Storage, storageBytes } from '../program/program.ts';
import type { KernelCall } from './tape.ts';
import type { Tensor } from './tensor.ts';

/** First and last stage in which a tensor's contents matter. */
interface Life {
  readonly tensor: Storage;
  first: number;
  last: number;
}

export interface MemoryPlan {
  /** The slot of each activation's own storage. */
  readonly slotOf: ReadonlyMap<Storage, Storage>;
  readonly slots: readonly Storage[];
  readonly bytes: number;
  /** Largest sum of live activations over all stages. */
  readonly lowerBoundBytes: number;
}

/** A slot is a buffer of its own, since WebGPU tracks usage per buffer: two ranges of one buffer can't be
 *  read-only and writable in the same dispatch. Largest tensors first, each into the slot whose neighbours in time
 *  lie closest (greedy by size, as in Pisarchyk & Lee 2020). Calls of one stage run at the same time. Tensors of half
 *  precision have slots of their own. */
export function planMemory(stages: readonly (readonly KernelCall[])[], keep: readonly Tensor[]): MemoryPlan {
  const end = stages.length;
  const lives = findLives(stages, keep);
  const order = [...lives].sort((a, b) => storageBytes(b.tensor) - storageBytes(a.tensor) || a.first - b.first);
  const slots: { storage: Storage; lives: Life[] }[] = [];
  const slotOf = new Map<Storage, Storage>();
  for (const life of order) {
    const { element, length } = life.tensor;
    const sameKind = slots.filter(({ storage }) => storage.element === element);
    let slot = closestFree(sameKind, life);
    if (!slot) {
      slot = { storage: { label: `slot ${slots.length}`, element, length }, lives: [] };
      slots.push(slot);
    }
    slot.lives.push(life);
    slotOf.set(life.tensor, slot.storage);
  }
  const bytes = slots.reduce((sum, slot) => sum + storageBytes(slot.storage), 0);
  return { slotOf, slots: slots.map((slot) => slot.storage), bytes, lowerBoundBytes: lowerBound(lives, end) };
}

/** Tensors in `keep` live on to the stage after the last. */
function findLives(stages: readonly (readonly KernelCall[])[], keep: readonly Tensor[]): Life[] {
  const lives = new Map<Storage, Life>();
  for (const [stage, calls] of stages.entries()) {
    for (const tensor of calls.flatMap((call) => Object.values(call.tensors))) {
      if (tensor?.place !== 'activation') continue;
      const life = lives.get(tensor.storage);
      if (life) life.last = stage;
      else lives.set(tensor.storage, { tensor: tensor.storage, first: stage, last: stage });
    }
  }
  for (const tensor of keep) {
    const life = lives.get(tensor.storage);
    if (life) life.last = stages.length;
  }
  return [...lives.values()];
}

function closestFree<S extends { lives: Life[] }>(slots: readonly S[], life: Life): S | undefined {
  let best: S | undefined;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const slot of slots) {
    let gap = Number.POSITIVE_INFINITY;
    for (const other of slot.lives) {
      if (other.first <= life.last && life.first <= other.last) {
        gap = -1;
        break;
      }
      gap = Math.min(gap, other.first > life.last ? other.first - life.last : life.first - other.last);
    }
    if (gap >= 0 && gap < bestGap) {
      best = slot;
      bestGap = gap;
    }
  }
  return best;
}

function lowerBound(lives: readonly Life[], end: number): number {
  const change = new Float64Array(end + 2);
  for (const { tensor, first, last } of lives) {
    change[first] += storageBytes(tensor);
    change[last + 1] -= storageBytes(tensor);
  }
  let live = 0;
  let largest = 0;
  for (const difference of change) {
    live += difference;
    largest = Math.max(largest, live);
  }
  return largest;
}
