/** BERT (Devlin et al. 2019) without its pooler: post-LN encoder, token types, erf GELU, and the masked-token head. */
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import { fixedTensor, type Tensor } from '../autograd/tensor.ts';
import { LayerNorm } from '../nn/layer-norm.ts';
import { Linear, type LinearNames } from '../nn/linear.ts';
import { type Arena, type Parameter, ParameterRegistry } from '../nn/parameters.ts';
import { addBias } from '../ops/bias.ts';
import { dropout } from '../ops/dropout.ts';
import { gatherRows } from '../ops/gather.ts';
import { gelu } from '../ops/gelu.ts';
import { matmul } from '../ops/matmul.ts';
import { bidirectional } from './attentions.ts';
import type { Model, ModelFamily, ModelInputs } from './model.ts';
import { postNorm } from './norms.ts';
import { learned } from './positions/learned.ts';
import { initialDeviation, paddedVocabulary, Trunk, type TrunkStyle } from './trunk.ts';

const epsilon = 1e-12;
/** Sentence A and sentence B; a window of running text is all A. */
const tokenTypes = 2;
const own = { norm: postNorm.id, attention: bidirectional.id, positions: learned.id };

/** As nn.Linear keeps it. */
const linear = (...names: string[]): LinearNames => ({ names, layout: 'out-in' });

const style: TrunkStyle = {
  own,
  activation: 'erf',
  epsilon,
  names: {
    tokens: 'embeddings.word_embeddings.weight',
    positions: 'embeddings.position_embeddings.weight',
    block: (index) => {
      const layer = `encoder.layer.${index}`;
      const self = `${layer}.attention.self`;
      return {
        firstNorm: `${layer}.attention.output.LayerNorm`,
        attention: {
          input: linear(`${self}.query`, `${self}.key`, `${self}.value`),
          output: linear(`${layer}.attention.output.dense`),
        },
        secondNorm: `${layer}.output.LayerNorm`,
        feedForward: { input: linear(`${layer}.intermediate.dense`), output: linear(`${layer}.output.dense`) },
      };
    },
  },
};

class Bert implements Model {
  readonly arena: Arena;
  private readonly trunk: Trunk;
  private readonly typeTable: Parameter;
  private readonly embeddingNorm: LayerNorm;
  private readonly finalNorm: LayerNorm | undefined;
  private readonly headDense: Linear;
  private readonly headNorm: LayerNorm;
  private readonly headBias: Parameter;

  constructor(readonly configuration: SizedModelConfiguration) {
    const { width, vocabulary } = configuration;
    const deviation = initialDeviation(width);
    const registry = new ParameterRegistry();
    this.trunk = new Trunk(registry, configuration, style);
    const initial = { kind: 'normal', deviation } as const;
    this.typeTable = registry.declare('embeddings.token_type_embeddings.weight', [tokenTypes, width], initial);
    this.embeddingNorm = new LayerNorm(registry, 'embeddings.LayerNorm', width, epsilon);
    // Post-LN ends in a norm; pre-LN, which BERT itself has not, needs one more.
    if (this.trunk.normFirst) this.finalNorm = new LayerNorm(registry, 'encoder.LayerNorm', width, epsilon);
    const head = 'cls.predictions';
    this.headDense = new Linear(registry, linear(`${head}.transform.dense`), width, width, deviation);
    this.headNorm = new LayerNorm(registry, `${head}.transform.LayerNorm`, width, epsilon);
    const bias = { name: `${head}.bias`, shape: [vocabulary], initial: { kind: 'constant', value: 0 } } as const;
    this.headBias = registry.declareParts([paddedVocabulary(vocabulary)], [bias], false);
    this.arena = registry.layOut();
  }

  get causal(): boolean {
    return this.trunk.causal;
  }

  get constants() {
    return this.trunk.constants;
  }

  logits(tape: Tape, inputs: ModelInputs, rate: number): Tensor {
    const embedded = addBias(tape, this.trunk.embed(tape, inputs), firstRow(this.typeTable.tensor));
    const x = dropout(tape, this.embeddingNorm.apply(tape, embedded, 'f32'), rate);
    const stream = this.trunk.apply(tape, x, inputs, rate);
    return this.head(tape, inputs.chosen ? gatherRows(tape, stream, inputs.chosen) : stream);
  }

  /** Dense, GELU, layer norm, then the token table and a bias. */
  private head(tape: Tape, rows: Tensor): Tensor {
    const x = this.finalNorm ? this.finalNorm.apply(tape, rows) : rows;
    const transformed = this.headNorm.apply(tape, gelu(tape, this.headDense.apply(tape, x), 'erf'));
    return addBias(
      tape,
      matmul(tape, transformed, this.trunk.table, { transposeB: true, element: 'f32' }),
      this.headBias.tensor,
    );
  }
}

/** Token type 0, the only one in use, as a vector; the other rows get no gradient. */
function firstRow(table: Tensor): Tensor {
  const { storage, offset, gradient } = table;
  const width = [table.shape[1]];
  return fixedTensor(storage, width, offset, gradient && fixedTensor(gradient.storage, width, gradient.offset));
}

export const bert: ModelFamily = {
  id: 'bert',
  label: { en: 'BERT', zh: 'BERT' },
  explanation: {
    en: 'Reads the whole window at once and fills in its blanks, as BERT does.',
    zh: '一次读完整个窗口，填出其中的空，与 BERT 相同。',
  },
  own,
  build: (configuration) => new Bert(configuration),
};
