/** A loss that needs no training, as the charts draw it. */
export interface Baseline {
  readonly name: string;
  /** Nats per token. */
  readonly value: number;
  /** Dashes lengthen with knowledge. */
  readonly dash: string;
}
