/** Dawn, the WebGPU of Node: its globals, and a GPU that leaves the processor to a software adapter while it waits. */
import { create, globals } from 'webgpu';
import { describeAdapter } from '../engine/gpu/device.ts';

/** Between two looks at whether the device is done. */
const pauseMs = 0.5;

Object.assign(globalThis, globals);

/** Kept for as long as the process lives: Dawn destroys the devices of a GPU object that is collected. */
export const gpu = create([]);

const adapter = await gpu.requestAdapter();
if (adapter && describeAdapter(adapter.info).software) pauseBetweenLooks();

/** While anything is awaited Dawn looks again by way of setImmediate, without a pause. That would keep busy a core which a
 *  software adapter computes on: of two cores, steps of training lost a third of their speed to it. */
function pauseBetweenLooks(): void {
  const { setImmediate: soon } = globalThis;
  const never = new Int32Array(new SharedArrayBuffer(4));
  const later = (callback: (...given: unknown[]) => void, ...given: unknown[]) =>
    soon(() => {
      Atomics.wait(never, 0, 0, pauseMs);
      callback(...given);
    });
  globalThis.setImmediate = Object.assign(later, { __promisify__: soon.__promisify__ }) as typeof setImmediate;
}
