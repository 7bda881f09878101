/** What the architectures share: token vectors, positions, and a stack of blocks, of whatever mixture is asked for. */
import type { FamilyEntry } from '../../contract/catalog.ts';
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import { fixedTensor, type Tensor } from '../autograd/tensor.ts';
import { Block, type BlockNames } from '../nn/block.ts';
import type { Parameter, ParameterRegistry } from '../nn/parameters.ts';
import { embedding } from '../ops/embedding.ts';
import { attentions } from './attentions.ts';
import type { Constant, ModelInputs } from './model.ts';
import { norms } from './norms.ts';
import { positionSchemes } from './positions/index.ts';
import type { ConstantTable } from './positions/position-scheme.ts';

/** What differs between the architectures, mixtures aside. */
export interface TrunkStyle {
  readonly own: FamilyEntry['own'];
  readonly activation: 'tanh' | 'erf';
  readonly epsilon: number;
  readonly names: { readonly tokens: string; readonly positions: string; block(index: number): BlockNames };
}

/** Standard deviation of the initial weights: GPT-2's and BERT's 0.02 at a width of 768, and more below it, so that the
 *  variance of a layer's output stays the same; capped where untrained predictions would stop being near uniform. */
export function initialDeviation(width: number): number {
  return Math.min(0.05, Math.max(0.02, 0.02 * Math.sqrt(768 / width)));
}

export class Trunk {
  readonly causal: boolean;
  /** True: the stream that leaves the blocks is not normalized. */
  readonly normFirst: boolean;
  readonly constants: readonly Constant[];
  private readonly tokenTable: Parameter;
  private readonly positionTable: Parameter | undefined;
  private readonly added: Tensor | undefined;
  private readonly rotation: Tensor | undefined;
  private readonly blocks: readonly Block[];

  constructor(registry: ParameterRegistry, configuration: SizedModelConfiguration, style: TrunkStyle) {
    const { vocabulary, context, layers, heads, width } = configuration;
    const { norm, attention, positions } = { ...style.own, ...given(configuration) };
    const deviation = initialDeviation(width);
    this.normFirst = entry(norms, norm).first;
    this.causal = entry(attentions, attention).causal;
    this.tokenTable = declareTable(registry, style.names.tokens, vocabulary, width, deviation);
    const scheme = { registry, name: style.names.positions, context, width, heads, deviation };
    const placed = entry(positionSchemes, positions).build(scheme);
    this.positionTable = placed.learned;
    const constants: Constant[] = [];
    const place = (table: ConstantTable | undefined, label: string): Tensor | undefined => {
      if (!table || table.values.length === 0) return undefined;
      const tensor = fixedTensor({ label, element: 'f32', length: table.values.length }, table.shape);
      constants.push({ tensor, values: table.values });
      return tensor;
    };
    this.added = place(placed.added, 'position vectors');
    this.rotation = place(placed.rotation, 'rotation');
    this.constants = constants;
    // Two branches a block end in the residual stream; GPT-2 scales their last projections so that its variance holds.
    const outputDeviation = this.normFirst ? deviation / Math.sqrt(2 * layers) : deviation;
    const { causal, normFirst } = this;
    const { activation, epsilon } = style;
    const options = { heads, width, causal, normFirst, deviation, outputDeviation, activation, epsilon };
    this.blocks = Array.from({ length: layers }, (_, i) => new Block(registry, style.names.block(i), options));
  }

  /** The token table [≥ V, C], which the output head shares. */
  get table(): Tensor {
    return this.tokenTable.tensor;
  }

  /** Tokens [B, T] → [B, T, C], positions included where they are vectors. */
  embed(tape: Tape, { tokens, index }: ModelInputs): Tensor {
    return embedding(tape, tokens, this.table, this.positionTable?.tensor ?? this.added, index);
  }

  /** x [B, T, C] → [B, T, C] through every block. */
  apply(tape: Tape, x: Tensor, { padded, recomputed }: ModelInputs, dropout: number): Tensor {
    const pass = { dropout, padded, rotation: this.rotation };
    return this.blocks.reduce((stream, block) => {
      const apply = (input: Tensor) => block.apply(tape, input, pass);
      return recomputed ? tape.recompute(stream, apply) : apply(stream);
    }, x);
  }
}

/** Rows up to a multiple of four, so that the output head works on whole vec4s; the padding stays zero. */
export function paddedVocabulary(vocabulary: number): number {
  return Math.ceil(vocabulary / 4) * 4;
}

function declareTable(registry: ParameterRegistry, name: string, vocabulary: number, width: number, deviation: number) {
  const part = { name, shape: [vocabulary, width], initial: { kind: 'normal', deviation } } as const;
  return registry.declareParts([paddedVocabulary(vocabulary), width], [part], true);
}

/** The choices that a configuration makes. */
function given({ norm, attention, positions }: SizedModelConfiguration): Partial<FamilyEntry['own']> {
  return { ...(norm && { norm }), ...(attention && { attention }), ...(positions && { positions }) };
}

function entry<T extends { readonly id: string }>(registry: readonly T[], id: string): T {
  const found = registry.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id} among ${registry.map((each) => each.id)}`);
  return found;
}
