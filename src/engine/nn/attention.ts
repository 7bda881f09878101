/** Multi-head self-attention: one projection to Q, K and V, fused attention, one projection back. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { attention } from '../ops/attention.ts';
import { Linear } from './linear.ts';
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

export class SelfAttention {
  private readonly input: Linear;
  private readonly output: Linear;

  constructor(
    registry: ParameterRegistry,
    name: string,
    private readonly options: AttentionOptions,
  ) {
    const { width, deviation, outputDeviation } = options;
    this.input = new Linear(registry, `${name}.c_attn`, width, 3 * width, deviation);
    this.output = new Linear(registry, `${name}.c_proj`, width, width, outputDeviation);
  }

  /** x [B, T, C] → [B, T, C]; `dropout` falls on the attention probabilities. */
  apply(tape: Tape, x: Tensor, dropout: number): Tensor {
    const qkv = this.input.apply(tape, x);
    const { heads, causal } = this.options;
    return this.output.apply(tape, attention(tape, qkv, { heads, causal, dropout }));
  }
}
