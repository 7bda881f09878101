/** Which kernels run the calls of a program on a device: the tuner's picks, else what fits, in order of preference. */
import { type DeviceTraits, fittingKernels, type Kernel } from '../kernels/kernel.ts';
import { type Call, type Dispatch, halvesOf, type Program } from '../program/program.ts';
import { type Choice, sharedWorkgroup } from './shader.ts';

/** Same key, same pick: a kernel, the part of its attributes that its speed depends on, and which operands are f16. */
export function shapeKey({ kernel, attributes, ranges }: Call): string {
  const values = Object.entries(kernel.shapeClass?.(attributes) ?? attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const operands = halvesOf({ ranges }).filter((name) => kernel.bindings[name].access === 'read');
  const precision = operands.length > 0 ? `; f16: ${operands.sort()}` : '';
  return `${kernel.name}(${values.map(([name, value]) => `${name}=${value}`).join()}${precision})`;
}

interface Ranked {
  /** The fastest first. */
  readonly kernels: readonly Kernel[];
  /** Milliseconds of a call by each of the first of them, as far as they were timed. */
  readonly ms: readonly number[];
}

export class KernelChoice {
  private readonly picks = new Map<string, Ranked>();
  /** Names of variants that did not compile here. */
  private readonly refused = new Set<string>();

  constructor(readonly traits: DeviceTraits) {}

  /** Makes calls of a shape class run by one of `kernels`, the fastest first, in programs loaded from now on.
   *  @param ms of a call by each of the first of them, as far as they were timed */
  pick(shape: string, kernels: readonly Kernel[], ms: readonly number[] = []): void {
    this.picks.set(shape, { kernels, ms });
  }

  hasPick(shape: string): boolean {
    return this.picks.has(shape);
  }

  /** The kernels that can run a call here, the one preferred first. */
  kernelsFor(call: Call): readonly Kernel[] {
    return this.choicesFor(call).map(({ kernel }) => kernel);
  }

  /** What was not timed counts as slower the later it comes. */
  private choicesFor(call: Call): readonly Choice[] {
    const { kernel: reference, attributes } = call;
    const fitting = () => ({ kernels: fittingKernels(reference, attributes, this.traits), ms: [] });
    const { kernels, ms } = (reference.variants && this.picks.get(shapeKey(call))) ?? fitting();
    const costs = [...new Set([...kernels, reference])].map((kernel, rank) => {
      return { kernel, cost: ms[rank] ?? (ms.at(-1) ?? 1) * (rank + 1) };
    });
    return costs.filter(({ kernel }) => kernel === reference || !this.refused.has(kernel.name));
  }

  /** Leaves out the variants in dispatches of a program from now on; false where there is none among them. */
  refuse({ dispatches }: Program, group: readonly Dispatch[]): boolean {
    const references = new Map(dispatches.map(({ ranges, kernel }) => [ranges, kernel]));
    const variants = group.filter(({ ranges, kernel }) => references.get(ranges) !== kernel);
    for (const { kernel } of variants) this.refused.add(kernel.name);
    return variants.length > 0;
  }

  /** The dispatches of a program with the kernels that run them: a stage is one where its calls can share a workgroup. */
  group({ dispatches }: Program): Dispatch[][] {
    const stages: Dispatch[][] = [];
    for (const dispatch of dispatches) {
      const last = stages.at(-1);
      if (last?.[0].stage === dispatch.stage) last.push(dispatch);
      else stages.push([dispatch]);
    }
    return stages.flatMap((stage) => this.groupStage(stage));
  }

  private groupStage(stage: readonly Dispatch[]): Dispatch[][] {
    const choices = stage.map((dispatch) => this.choicesFor(dispatch));
    const kernels = sharedWorkgroup(choices);
    if (kernels) return [stage.map((dispatch, index) => ({ ...dispatch, kernel: kernels[index] }))];
    return stage.map((dispatch, index) => [{ ...dispatch, kernel: choices[index][0].kernel }]);
  }
}
