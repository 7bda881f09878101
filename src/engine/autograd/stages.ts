/** Stages: calls that may run at the same time, so that a GPU needs one dispatch for all of them. */
import type { KernelCall } from './tape.ts';
import { overlap, type Tensor } from './tensor.ts';

/** Storage buffers that every WebGPU device allows a shader. */
const mostBuffers = 8;

/** The calls in stages, in which they run. A call joins the stage before it where neither reads what the other writes,
 *  and a shader can hold the buffers of all. One that writes nothing but memory which outlives the program needs no
 *  memory for longer if it runs early: it joins the first stage with room after all that it has to wait for. */
export function findStages(calls: readonly KernelCall[]): KernelCall[][] {
  const stages: KernelCall[][] = [];
  for (const call of calls) {
    const earliest = stages.findLastIndex((stage) => !stage.every((other) => areIndependent(other, call))) + 1;
    const searched = stages.slice(writesActivations(call) ? Math.max(earliest, stages.length - 1) : earliest);
    const joined = searched.find((stage) => hasRoom(stage, call));
    if (joined) joined.push(call);
    else stages.push([call]);
  }
  return stages;
}

function hasRoom(stage: readonly KernelCall[], call: KernelCall): boolean {
  return [...stage, call].reduce((sum, each) => sum + buffersOf(each), 0) <= mostBuffers;
}

function writesActivations(call: KernelCall): boolean {
  return usesOf(call).some(({ tensor, writes }) => writes && tensor.place === 'activation');
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
