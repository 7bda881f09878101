/** What a position scheme is: how a model tells one position from another. */
import type { CatalogEntry } from '../../../contract/catalog.ts';
import type { Parameter, ParameterRegistry } from '../../nn/parameters.ts';

export interface PositionContext {
  readonly registry: ParameterRegistry;
  /** Name of a learned table in files. */
  readonly name: string;
  readonly context: number;
  readonly width: number;
  readonly heads: number;
  /** Standard deviation of initial weights. */
  readonly deviation: number;
}

/** A table that is computed once and never learned. */
export interface ConstantTable {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What the scheme gives to the model; at most one of the three. */
export interface Positions {
  /** Learned vectors [T, C], added to the embedding. */
  readonly learned?: Parameter;
  /** Fixed vectors [T, C], added to the embedding. */
  readonly added?: ConstantTable;
  /** cos and sin [T, ⌊D/2⌋, 2] that turn queries and keys. */
  readonly rotation?: ConstantTable;
}

/** Registry entry. */
export interface PositionScheme extends CatalogEntry {
  build(context: PositionContext): Positions;
}
