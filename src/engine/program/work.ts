/** What a call of a kernel must do: floating-point operations, and bytes to move. */
import { elementBytes } from '../kernels/kernel.ts';
import type { Call } from './program.ts';

/** As far as the kernel counts them: matrix products and attention do. */
export function flopsOf({ kernel, attributes }: Call): number {
  return kernel.flops?.(attributes) ?? 0;
}

/** Each element of a binding once, twice where it is updated; other numbers where the kernel has them. */
export function bytesOf({ kernel, attributes, ranges }: Call): number {
  const moved = kernel.moved?.(attributes) ?? {};
  return Object.entries(kernel.bindings).reduce((sum, [name, { access }]) => {
    const range = ranges[name];
    if (!range) return sum;
    return sum + elementBytes[range.storage.element] * (moved[name] ?? (access === 'update' ? 2 : 1) * range.length);
  }, 0);
}
