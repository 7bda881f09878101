/** GPT-2 (Radford et al. 2019): pre-LN decoder, learned positions, tanh GELU, tied embedding, biases everywhere. */
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { LayerNorm } from '../nn/layer-norm.ts';
import type { LinearNames } from '../nn/linear.ts';
import { type Arena, ParameterRegistry } from '../nn/parameters.ts';
import { dropout } from '../ops/dropout.ts';
import { gatherRows } from '../ops/gather.ts';
import { matmul } from '../ops/matmul.ts';
import { causal } from './attentions.ts';
import type { Model, ModelFamily, ModelInputs } from './model.ts';
import { preNorm } from './norms.ts';
import { learned } from './positions/learned.ts';
import { Trunk, type TrunkStyle } from './trunk.ts';

const epsilon = 1e-5;
const own = { norm: preNorm.id, attention: causal.id, positions: learned.id };

/** As Conv1D keeps it. */
const linear = (name: string): LinearNames => ({ names: [name], layout: 'in-out' });

const style: TrunkStyle = {
  own,
  activation: 'tanh',
  epsilon,
  names: {
    tokens: 'wte.weight',
    positions: 'wpe.weight',
    block: (index) => ({
      firstNorm: `h.${index}.ln_1`,
      attention: { input: linear(`h.${index}.attn.c_attn`), output: linear(`h.${index}.attn.c_proj`) },
      secondNorm: `h.${index}.ln_2`,
      feedForward: { input: linear(`h.${index}.mlp.c_fc`), output: linear(`h.${index}.mlp.c_proj`) },
    }),
  },
};

class Gpt implements Model {
  readonly arena: Arena;
  private readonly trunk: Trunk;
  private readonly finalNorm: LayerNorm | undefined;

  constructor(readonly configuration: SizedModelConfiguration) {
    const registry = new ParameterRegistry();
    this.trunk = new Trunk(registry, configuration, style);
    if (this.trunk.normFirst) this.finalNorm = new LayerNorm(registry, 'ln_f', configuration.width, epsilon);
    this.arena = registry.layOut();
  }

  get causal(): boolean {
    return this.trunk.causal;
  }

  get constants() {
    return this.trunk.constants;
  }

  logits(tape: Tape, inputs: ModelInputs, rate: number): Tensor {
    const stream = this.trunk.apply(tape, dropout(tape, this.trunk.embed(tape, inputs), rate), inputs, rate);
    const rows = inputs.chosen ? gatherRows(tape, stream, inputs.chosen) : stream;
    const x = this.finalNorm ? this.finalNorm.apply(tape, rows) : rows;
    return matmul(tape, x, this.trunk.table, { transposeB: true, element: 'f32' });
  }
}

export const gpt: ModelFamily = {
  id: 'gpt',
  label: { en: 'GPT', zh: 'GPT' },
  explanation: {
    en: 'Reads from left to right and predicts the next token, as GPT-2 does.',
    zh: '从左往右读，预测下一个词元，与 GPT-2 相同。',
  },
  own,
  build: (configuration) => new Gpt(configuration),
};
