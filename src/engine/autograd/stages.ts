/** Stages: neighbouring calls that may run at the same time, so that a GPU needs one dispatch for all of them. */
import type { KernelCall } from './tape.ts';
import { overlap, type Tensor } from './tensor.ts';

/** Storage buffers that every WebGPU device allows a shader. */
const mostBuffers = 8;

/** The stage of each call, counted from 0. A call joins the stage before it where neither reads what the other writes,
 *  and a shader can hold the buffers of all. */
export function findStages(calls: readonly KernelCall[]): number[] {
  let number = -1;
  let stage: KernelCall[] = [];
  return calls.map((call) => {
    const joined = [...stage, call];
    const buffers = joined.reduce((sum, each) => sum + buffersOf(each), 0);
    const joins = stage.length > 0 && buffers <= mostBuffers && stage.every((other) => areIndependent(other, call));
    stage = joins ? joined : [call];
    if (!joins) number += 1;
    return number;
  });
}

interface Use {
  readonly tensor: Tensor;
  readonly writes: boolean;
}

function usesOf({ kernel, tensors }: KernelCall): Use[] {
  return Object.entries(kernel.bindings).flatMap(([name, { access }]) => {
    const tensor = tensors[name];
    return tensor ? [{ tensor, writes: access !== 'read' }] : [];
  });
}

function buffersOf({ kernel, tensors }: KernelCall): number {
  return Object.entries(kernel.bindings).filter(([name, { uniform }]) => tensors[name] && !uniform).length;
}

function areIndependent(a: KernelCall, b: KernelCall): boolean {
  return usesOf(a).every((one) => usesOf(b).every((other) => canShareDispatch(one, other)));
}

/** WebGPU tracks usage per buffer: in one dispatch it is read-only everywhere, or writable everywhere. */
function canShareDispatch(a: Use, b: Use): boolean {
  if (a.tensor.storage !== b.tensor.storage) return true;
  if (a.writes !== b.writes) return false;
  return !a.writes || !overlap(a.tensor, b.tensor);
}
