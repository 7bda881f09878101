/** A pre-LN Transformer block: x + attention(LN x), then x + feed-forward(LN x). */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { add } from '../ops/add.ts';
import { dropout } from '../ops/dropout.ts';
import { type AttentionOptions, SelfAttention } from './attention.ts';
import { FeedForward } from './feed-forward.ts';
import { LayerNorm } from './layer-norm.ts';
import type { ParameterRegistry } from './parameters.ts';

export class PreNormBlock {
  private readonly firstNorm: LayerNorm;
  private readonly attention: SelfAttention;
  private readonly secondNorm: LayerNorm;
  private readonly feedForward: FeedForward;

  constructor(registry: ParameterRegistry, name: string, options: AttentionOptions) {
    const { width, deviation, outputDeviation } = options;
    this.firstNorm = new LayerNorm(registry, `${name}.ln_1`, width);
    this.attention = new SelfAttention(registry, `${name}.attn`, options);
    this.secondNorm = new LayerNorm(registry, `${name}.ln_2`, width);
    this.feedForward = new FeedForward(registry, `${name}.mlp`, width, deviation, outputDeviation, 'tanh');
  }

  /** x [B, T, C] → [B, T, C]; `rate` is the dropout on probabilities and on both branches. */
  apply(tape: Tape, x: Tensor, rate: number): Tensor {
    const attended = this.attention.apply(tape, this.firstNorm.apply(tape, x), rate);
    const middle = add(tape, x, dropout(tape, attended, rate));
    const processed = this.feedForward.apply(tape, this.secondNorm.apply(tape, middle));
    return add(tape, middle, dropout(tape, processed, rate));
  }
}
