/** The tape: model code runs once and leaves the kernel calls of its forward pass and, in reverse, its backward pass. */
import { add } from '../kernels/add.ts';
import type { Attributes, Element, Kernel } from '../kernels/kernel.ts';
import { sizeOf, type Tensor } from './tensor.ts';

/** One kernel over tensors: what the compiler fuses, places in memory, and lowers to a dispatch. */
export interface KernelCall {
  readonly kernel: Kernel;
  readonly attributes: Attributes;
  readonly tensors: Readonly<Record<string, Tensor | undefined>>;
}

type CallOf<A extends Attributes, B extends string> = readonly [
  kernel: Kernel<A, B>,
  attributes: A,
  tensors: Readonly<Partial<Record<B, Tensor>>>,
];

function recorded<A extends Attributes, B extends string>([kernel, attributes, tensors]: CallOf<A, B>): KernelCall {
  return { kernel: kernel as Kernel, attributes, tensors: tensors as Record<string, Tensor> };
}

/** Records the backward pass of one op, given the gradient of its output. */
type Backward = (outputGradient: Tensor) => void;

interface Node {
  readonly output: Tensor;
  readonly backward: Backward;
}

/** Where a parameter's gradient goes, and whether to add to what this pass has already put there. */
export interface GradientTarget {
  readonly tensor: Tensor;
  readonly accumulate: 0 | 1;
}

export class Tape {
  readonly calls: KernelCall[] = [];
  private readonly nodes: Node[] = [];
  private readonly differentiable = new Set<Tensor>();
  private readonly gradients = new Map<Tensor, Tensor>();
  private readonly started = new Set<Tensor>();
  private readonly lastCalls: KernelCall[] = [];
  private streams = 0;

  /** @param counters holds (step, seed, metrics slot, 0) as u32; kernels that draw random numbers read it
   *  @param real what matmul and attention read and write is kept as: f16 in half precision */
  constructor(
    readonly counters: Tensor,
    readonly real: 'f32' | 'f16' = 'f32',
  ) {}

  /** A new activation; it has no contents until a call writes it. */
  activation(shape: readonly number[], label: string, element: Element = 'f32'): Tensor {
    const length = sizeOf(shape);
    return { storage: { label, element, length }, offset: 0, length, shape, place: 'activation' };
  }

  /** A weight as products read it. */
  factor(weight: Tensor): Tensor {
    return (this.real === 'f16' && weight.half) || weight;
  }

  /** Records one kernel call. */
  call<A extends Attributes, B extends string>(...call: CallOf<A, B>): void {
    this.calls.push(recorded(call));
  }

  /** Records one after all other calls of the backward pass: one that only writes gradients of parameters, and would keep
   *  others from being fused if it stood between them. */
  callLast<A extends Attributes, B extends string>(...call: CallOf<A, B>): void {
    this.lastCalls.push(recorded(call));
  }

  /** Declares `output` a differentiable function of `inputs`. Without a differentiable input, nothing is recorded. */
  node(inputs: readonly Tensor[], output: Tensor, backward: Backward): void {
    if (!inputs.some((input) => this.needsGradient(input))) return;
    this.differentiable.add(output);
    this.nodes.push({ output, backward });
  }

  /** True for parameters and for everything computed from them. */
  needsGradient(tensor: Tensor): boolean {
    return tensor.gradient !== undefined || this.differentiable.has(tensor);
  }

  /** Adds `gradient` to what is already known of a tensor's gradient. */
  contribute(tensor: Tensor, gradient: Tensor): void {
    if (!this.needsGradient(tensor)) return;
    if (tensor.gradient) {
      const { tensor: output, accumulate } = this.target(tensor);
      this.call(add, { length: tensor.length, hasB: 0, accumulate }, { a: gradient, output });
      return;
    }
    const known = this.gradients.get(tensor);
    if (!known) {
      this.gradients.set(tensor, gradient);
      return;
    }
    const sum = this.activation(tensor.shape, `${tensor.storage.label} gradient`, tensor.storage.element);
    this.call(add, { length: tensor.length, hasB: 1, accumulate: 0 }, { a: known, b: gradient, output: sum });
    this.gradients.set(tensor, sum);
  }

  /** Where to write a parameter's gradient; asking marks it as written, so the next asker accumulates. */
  target(parameter: Tensor): GradientTarget {
    if (!parameter.gradient) throw new Error(`${parameter.storage.label} is no parameter`);
    const accumulate = this.started.has(parameter.gradient) ? 1 : 0;
    this.started.add(parameter.gradient);
    return { tensor: parameter.gradient, accumulate };
  }

  /** A number that tells apart the places where random numbers are drawn. */
  nextStream(): number {
    this.streams += 1;
    return this.streams;
  }

  /** Records a part of the model such that its activations need not last until the backward pass: that computes them again
   *  from `x`, with the same random numbers (Chen et al. 2016). */
  recompute(x: Tensor, part: (x: Tensor) => Tensor): Tensor {
    const firstStream = this.streams;
    const before = this.nodes.length;
    const output = part(x);
    this.nodes.length = before;
    this.nodes.push({
      output,
      backward: (gradient) => {
        const lastStream = this.streams;
        this.streams = firstStream;
        const again = part(x);
        this.streams = lastStream;
        this.gradients.set(again, gradient);
        this.walkBack();
      },
    });
    return output;
  }

  /** Walks the recorded nodes in reverse from a loss whose op already knows its inputs' gradients.
   *  May be called once per micro-batch: parameter gradients of a later one are added to the earlier. */
  backward(loss: Tensor): void {
    this.gradients.set(loss, loss);
    this.walkBack();
    this.calls.push(...this.lastCalls.splice(0));
    this.gradients.clear();
  }

  private walkBack(): void {
    for (const { output, backward } of this.nodes.splice(0).reverse()) {
      const gradient = this.gradients.get(output);
      if (gradient) backward(gradient);
    }
  }
}
