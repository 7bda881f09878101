/** A Transformer block: attention, then feed-forward, each with a residual connection and a layer norm. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { add } from '../ops/add.ts';
import { dropout } from '../ops/dropout.ts';
import { type AttentionOptions, type BlockPass, SelfAttention } from './attention.ts';
import { FeedForward } from './feed-forward.ts';
import { LayerNorm } from './layer-norm.ts';
import type { LinearNames } from './linear.ts';
import type { ParameterRegistry } from './parameters.ts';

/** Names of a block's parameters in files. */
export interface BlockNames {
  readonly firstNorm: string;
  readonly attention: { readonly input: LinearNames; readonly output: LinearNames };
  readonly secondNorm: string;
  readonly feedForward: { readonly input: LinearNames; readonly output: LinearNames };
}

export interface BlockOptions extends AttentionOptions {
  /** True: x + branch(LN x), as in GPT-2. False: LN(x + branch x), as in BERT. */
  readonly normFirst: boolean;
  readonly activation: 'tanh' | 'erf';
  readonly epsilon: number;
}

export class Block {
  private readonly firstNorm: LayerNorm;
  private readonly attention: SelfAttention;
  private readonly secondNorm: LayerNorm;
  private readonly feedForward: FeedForward;
  private readonly normFirst: boolean;

  constructor(registry: ParameterRegistry, names: BlockNames, options: BlockOptions) {
    const { width, deviation, outputDeviation, epsilon, activation } = options;
    this.normFirst = options.normFirst;
    this.firstNorm = new LayerNorm(registry, names.firstNorm, width, epsilon);
    this.attention = new SelfAttention(registry, names.attention, options);
    this.secondNorm = new LayerNorm(registry, names.secondNorm, width, epsilon);
    this.feedForward = new FeedForward(registry, names.feedForward, width, deviation, outputDeviation, activation);
  }

  /** x [B, T, C] → [B, T, C] */
  apply(tape: Tape, x: Tensor, pass: BlockPass): Tensor {
    const attend = (input: Tensor) => this.attention.apply(tape, input, pass);
    const process = (input: Tensor) => this.feedForward.apply(tape, input);
    const middle = this.residual(tape, x, this.firstNorm, attend, pass.dropout);
    return this.residual(tape, middle, this.secondNorm, process, pass.dropout);
  }

  private residual(tape: Tape, x: Tensor, norm: LayerNorm, branch: (x: Tensor) => Tensor, rate: number): Tensor {
    if (this.normFirst) return add(tape, x, dropout(tape, branch(norm.apply(tape, x)), rate));
    // What leaves the norm is the stream here, which is kept in full.
    return norm.apply(tape, add(tape, x, dropout(tape, branch(x), rate)), 'f32');
  }
}
