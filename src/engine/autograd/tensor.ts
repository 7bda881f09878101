/** A tensor as the tape sees it: a shape over a range of memory, with no values in JavaScript. */
import type { Range, Storage } from '../program/program.ts';

export interface Tensor extends Range {
  readonly shape: readonly number[];
  /** 'activation': the compiler places it; 'fixed': its memory outlives the program or is written by the host. */
  readonly place: 'activation' | 'fixed';
  /** For a parameter: where its gradient goes. */
  readonly gradient?: Tensor;
  /** For a matrix of weights: its copy in half precision. */
  readonly half?: Tensor;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

/** A tensor over the whole of a storage, or over part of it from `offset` on. */
export function fixedTensor(
  storage: Storage,
  shape: readonly number[],
  offset = 0,
  gradient?: Tensor,
  half?: Tensor,
): Tensor {
  return { storage, shape, offset, length: sizeOf(shape), place: 'fixed', gradient, half };
}

/** Product of all axes but the last: how many rows a tensor has, seen as a matrix. */
export function rowsOf(tensor: Tensor): number {
  return tensor.length / columnsOf(tensor);
}

/** Length of the last axis. */
export function columnsOf(tensor: Tensor): number {
  return tensor.shape[tensor.shape.length - 1];
}

/** True if two tensors have an element in common. */
export function overlap(a: Tensor, b: Tensor): boolean {
  return a.storage === b.storage && a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
