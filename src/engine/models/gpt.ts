/** GPT-2 (Radford et al. 2019): pre-LN decoder, learned positions, tanh GELU, tied embedding, biases everywhere. */
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { PreNormBlock } from '../nn/block.ts';
import { LayerNorm } from '../nn/layer-norm.ts';
import { type Arena, type Parameter, ParameterRegistry } from '../nn/parameters.ts';
import { dropout } from '../ops/dropout.ts';
import { embedding } from '../ops/embedding.ts';
import { matmul } from '../ops/matmul.ts';
import type { Model, ModelFamily, ModelInputs } from './model.ts';

/** Standard deviation of the initial weights: GPT-2's 0.02 at its width of 768, and more below it, so that the
 *  variance of a layer's output stays the same; capped where untrained predictions would stop being near uniform. */
function initialDeviation(width: number): number {
  return Math.min(0.05, Math.max(0.02, 0.02 * Math.sqrt(768 / width)));
}

class Gpt implements Model {
  readonly arena: Arena;
  private readonly tokenTable: Parameter;
  private readonly positionTable: Parameter;
  private readonly blocks: readonly PreNormBlock[];
  private readonly finalNorm: LayerNorm;

  constructor(readonly configuration: SizedModelConfiguration) {
    const { vocabulary, context, layers, heads, width } = configuration;
    const registry = new ParameterRegistry();
    const deviation = initialDeviation(width);
    this.tokenTable = declareTable(registry, vocabulary, width, deviation);
    this.positionTable = registry.declare('wpe.weight', [context, width], { kind: 'normal', deviation });
    // Two branches a block end in the residual stream; GPT-2 scales their last projections so that its variance holds.
    const outputDeviation = deviation / Math.sqrt(2 * layers);
    const options = { heads, width, causal: true, deviation, outputDeviation };
    this.blocks = Array.from({ length: layers }, (_, i) => new PreNormBlock(registry, `h.${i}`, options));
    this.finalNorm = new LayerNorm(registry, 'ln_f', width);
    this.arena = registry.layOut();
  }

  logits(tape: Tape, { tokens, index }: ModelInputs, rate: number): Tensor {
    const table = this.tokenTable.tensor;
    let x = dropout(tape, embedding(tape, tokens, table, this.positionTable.tensor, index), rate);
    for (const block of this.blocks) x = block.apply(tape, x, rate);
    return matmul(tape, this.finalNorm.apply(tape, x), table, { transposeB: true });
  }
}

/** Rows up to a multiple of four, so that the output head works on whole vec4s; the padding stays zero. */
function declareTable(registry: ParameterRegistry, vocabulary: number, width: number, deviation: number): Parameter {
  const part = { name: 'wte.weight', shape: [vocabulary, width], initial: { kind: 'normal', deviation } } as const;
  return registry.declareParts([Math.ceil(vocabulary / 4) * 4, width], [part], true);
}

export const gpt: ModelFamily = {
  id: 'gpt',
  label: { en: 'GPT', zh: 'GPT' },
  explanation: {
    en: 'Reads from left to right and predicts the next token, as GPT-2 does.',
    zh: '从左往右读，预测下一个词元，与 GPT-2 相同。',
  },
  build: (configuration) => new Gpt(configuration),
};
