/** Turns a recorded tape into a program: fuse, drop what nobody reads, find stages, plan memory, lower to dispatches. */
import type { Dispatch, Program, Range, Storage } from '../program/program.ts';
import { fuse } from './fuse.ts';
import { planMemory } from './memory-plan.ts';
import { findStages } from './stages.ts';
import type { KernelCall } from './tape.ts';
import type { Tensor } from './tensor.ts';

export interface CompileOptions {
  readonly label: string;
  /** Fixed storages that live and die with the program: tokens and other inputs. */
  readonly inputs: readonly Storage[];
  /** Activations the host reads after a run. */
  readonly keep?: readonly Tensor[];
  /** False leaves every recorded call as it is, for comparison. */
  readonly fusion?: boolean;
}

export function compile(calls: readonly KernelCall[], options: CompileOptions): Program & { range(t: Tensor): Range } {
  const keep = options.keep ?? [];
  const fused = dropUnread(options.fusion === false ? calls : fuse(calls, keep), keep);
  const stages = findStages(fused);
  const plan = planMemory(stages, keep);
  const range = (tensor: Tensor): Range => {
    const slot = tensor.place === 'activation' ? plan.slotOf.get(tensor.storage) : tensor.storage;
    if (!slot) throw new Error(`${tensor.storage.label} is in no slot`);
    return { storage: slot, offset: tensor.offset, length: tensor.length };
  };
  const dispatch = ({ kernel, attributes, tensors }: KernelCall, stage: number): Dispatch => {
    const ranges = Object.entries(tensors).map(([name, tensor]) => [name, tensor && range(tensor)]);
    return { kernel, attributes, ranges: Object.fromEntries(ranges), stage };
  };
  const dispatches = stages.flatMap((stage, number) => stage.map((call) => dispatch(call, number)));
  const inputs = new Set(options.inputs);
  const shared = new Set<Storage>();
  for (const call of fused) {
    for (const tensor of Object.values(call.tensors)) {
      if (tensor?.place === 'fixed' && !inputs.has(tensor.storage)) shared.add(tensor.storage);
    }
  }
  return {
    label: options.label,
    dispatches,
    owned: [...plan.slots, ...inputs],
    shared: [...shared],
    activationBytes: plan.bytes,
    activationLowerBoundBytes: plan.lowerBoundBytes,
    range,
  };
}

/** Leaves out calls that write only activations which no later call reads. */
function dropUnread(calls: readonly KernelCall[], keep: readonly Tensor[]): KernelCall[] {
  const needed = new Set<Storage>(keep.map((tensor) => tensor.storage));
  const kept: KernelCall[] = [];
  for (const call of [...calls].reverse()) {
    const bindings = Object.entries(call.kernel.bindings);
    const useful = bindings.some(([name, { access }]) => {
      const tensor = call.tensors[name];
      return access !== 'read' && tensor && (tensor.place === 'fixed' || needed.has(tensor.storage));
    });
    if (!useful) continue;
    for (const tensor of Object.values(call.tensors)) {
      if (tensor) needed.add(tensor.storage);
    }
    kept.push(call);
  }
  return kept.reverse();
}
