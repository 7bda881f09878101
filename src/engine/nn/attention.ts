/** Multi-head self-attention: one projection to Q, K and V, fused attention, one projection back. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { attention } from '../ops/attention.ts';
import { rotary } from '../ops/rotary.ts';
import { Linear, type LinearNames } from './linear.ts';
import type { ParameterRegistry } from './parameters.ts';

export interface AttentionOptions {
  readonly heads: number;
  readonly width: number;
  /** True: position i sees positions ≤ i. False: every position sees all. */
  readonly causal: boolean;
  /** Standard deviations of the initial weights, into and out of the attention. */
  readonly deviation: number;
  readonly outputDeviation: number;
}

/** What a pass through a block depends on beside its input. */
export interface BlockPass {
  /** Dropout on the attention probabilities and on both branches. */
  readonly dropout: number;
  /** Angles that turn queries and keys, where positions are rotary. */
  readonly rotation?: Tensor;
  /** True where rows may end in padding, whose start the counters tell. */
  readonly padded?: boolean;
}

export class SelfAttention {
  private readonly input: Linear;
  private readonly output: Linear;

  constructor(
    registry: ParameterRegistry,
    names: { readonly input: LinearNames; readonly output: LinearNames },
    private readonly options: AttentionOptions,
  ) {
    const { width, deviation, outputDeviation } = options;
    this.input = new Linear(registry, names.input, width, 3 * width, deviation);
    this.output = new Linear(registry, names.output, width, width, outputDeviation);
  }

  /** x [B, T, C] → [B, T, C] */
  apply(tape: Tape, x: Tensor, { dropout, rotation, padded }: BlockPass): Tensor {
    const { heads, causal } = this.options;
    const projected = this.input.apply(tape, x);
    const qkv = rotation ? rotary(tape, projected, rotation, heads) : projected;
    const limited = padded && !causal;
    return this.output.apply(tape, attention(tape, qkv, { heads, causal, limited, dropout }));
  }
}
