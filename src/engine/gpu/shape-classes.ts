/** The shape classes of a program: calls that one pick serves, in the order in which to tune them. */
import { fittingKernels, type Kernel } from '../kernels/kernel.ts';
import { type Dispatch, halvesOf, type Program } from '../program/program.ts';
import { type KernelChoice, shapeKey } from './kernel-choice.ts';
import type { Kind } from './ranking.ts';

export interface Shape {
  readonly key: string;
  /** One of its calls, with all that the class leaves out: a variant is timed as it will run. */
  readonly dispatch: Dispatch;
  readonly variants: readonly Kernel[];
  readonly kind: Kind;
  /** Operations of all calls of the shape in the program. */
  readonly work: number;
}

/** Shape classes with a choice and without a pick; the first of each kind is its smallest, where the reference is run,
 *  the others follow by work. */
export function findShapes(choice: KernelChoice, program: Program): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const dispatch of program.dispatches) {
    const { kernel } = dispatch;
    const key = shapeKey(dispatch);
    const attributes = kernel.shapeClass?.(dispatch.attributes) ?? dispatch.attributes;
    const fitting = fittingKernels(kernel, attributes, choice.traits);
    if (fitting.length < 2 || choice.hasPick(key)) continue;
    const flops = kernel.flops?.(attributes) ?? 0;
    const work = (shapes.get(key)?.work ?? 0) + flops;
    const switches = Object.entries(attributes).filter(([, value]) => value <= 1);
    const name = `${kernel.name} ${JSON.stringify(switches)} ${halvesOf(dispatch)}`;
    const kind = { name, reference: fitting[fitting.length - 1] };
    shapes.set(key, { key, dispatch, variants: fitting.slice(0, -1), kind, work });
  }
  const all = [...shapes.values()].sort((a, b) => b.work - a.work);
  const smallest = new Map<string, Shape>();
  for (const shape of all) smallest.set(shape.kind.name, shape);
  const first = new Set(smallest.values());
  return [...first, ...all.filter((shape) => !first.has(shape))];
}
