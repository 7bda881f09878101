/** Staging buffers for readbacks, reused in turn so that a steady run creates none. */
import { type Data, type Element, elementBytes } from '../kernels/kernel.ts';
import { valuesOf, wholeWords } from './buffer-bytes.ts';

const mapRead = 1;
const copyDestination = 8;

export class StagingPool {
  private readonly free = new Map<number, GPUBuffer[]>();

  constructor(private readonly device: GPUDevice) {}

  /** Encodes a copy of `length` elements; call what it returns after the submit to await the data. */
  copy(
    encoder: GPUCommandEncoder,
    source: GPUBuffer,
    element: Element,
    offset: number,
    length: number,
  ): () => Promise<Data> {
    const bytes = wholeWords(length * elementBytes[element]);
    const staging = this.take(bytes);
    encoder.copyBufferToBuffer(source, offset * elementBytes[element], staging, 0, bytes);
    return async () => {
      await staging.mapAsync(mapRead, 0, bytes);
      const copy = staging.getMappedRange(0, bytes).slice(0);
      staging.unmap();
      this.free.get(bytes)?.push(staging);
      return valuesOf(element, copy, length);
    };
  }

  private take(bytes: number): GPUBuffer {
    let idle = this.free.get(bytes);
    if (!idle) {
      idle = [];
      this.free.set(bytes, idle);
    }
    return idle.pop() ?? this.device.createBuffer({ label: 'staging', size: bytes, usage: mapRead | copyDestination });
  }
}
