/** The whole configuration of a training run, as plain data: what the page edits and the worker runs. */

/** Shape of a Transformer. Parameter count follows from it and the vocabulary. */
export interface ModelConfiguration {
  /** Registry id of the architecture. */
  readonly family: string;
  /** Tokens the model can read at once (T). */
  readonly context: number;
  /** Transformer blocks (L). */
  readonly layers: number;
  /** Attention heads (H); divides the width. */
  readonly heads: number;
  /** Width of the residual stream (C). */
  readonly width: number;
  /** Registry id of where layer norm sits; the family's own where it is left out. */
  readonly norm?: string;
  /** Registry id of what a position attends to; what suits the objective where it is left out. */
  readonly attention?: string;
  /** Registry id of how positions are told apart; the family's own where it is left out. */
  readonly positions?: string;
}

/** Shape of a model together with the size of the vocabulary it is built for (V). */
export interface SizedModelConfiguration extends ModelConfiguration {
  readonly vocabulary: number;
}

/** AdamW (Loshchilov & Hutter 2019), with clipping by global norm. */
export interface OptimizerConfiguration {
  /** Peak learning rate, per step. */
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled decay, applied to matrices and embeddings only. */
  readonly weightDecay: number;
  /** Largest global gradient norm; 0 switches clipping off. */
  readonly clip: number;
}

/** Learning rate over steps: linear warm-up, then a registered decay. */
export interface ScheduleConfiguration {
  /** Registry id: 'constant', 'linear', 'cosine'. */
  readonly kind: string;
  readonly warmupSteps: number;
  /** Step at which the decay ends; training stops here. */
  readonly totalSteps: number;
  /** Learning rate at the end as a share of the peak, 0 to 1. */
  readonly finalRatio: number;
}

export interface TrainingConfiguration {
  /** Windows per micro-batch (B). */
  readonly batch: number;
  /** Micro-batches whose gradients are summed before one update. */
  readonly accumulation: number;
  /** Probability that an activation is zeroed, 0 to below 1. */
  readonly dropout: number;
  /** Seeds weights, window sampling and dropout; unsigned 32 bit. */
  readonly seed: number;
  /** Steps between two measurements of the validation loss. */
  readonly evaluationInterval: number;
  /** Registry id of what happens to activations until the backward pass: kept, or computed again. */
  readonly activations: string;
  /** Registry id of how exactly matmul and attention compute: in single precision, or in half where the device can. */
  readonly precision: string;
}

/** What is blanked for masked-token prediction, and what stands in the blanks. */
export interface MaskingConfiguration {
  /** Share of the positions that are predicted, between 0 and 1, both excluded. */
  readonly rate: number;
  /** Of those, the share that the model sees as [MASK]. */
  readonly maskShare: number;
  /** Of those, the share that it sees as a random token; the rest stays as it was. */
  readonly randomShare: number;
  /** Registry id of what is chosen together: single tokens, whole words, or spans. */
  readonly unit: string;
}

/** How a next token is drawn from the predicted distribution. */
export interface SamplingConfiguration {
  /** 0 always takes the most probable token. */
  readonly temperature: number;
  /** Draw from the k most probable tokens; 0 switches it off. */
  readonly topK: number;
  /** Draw from the smallest set whose probabilities sum to p; 1 switches it off. */
  readonly topP: number;
}

export interface RunConfiguration {
  /** Registry id of a built-in corpus, or 'custom' for text the user gave. */
  readonly corpus: string;
  /** Registry id of the tokenizer, or that of one out of a file, which this session alone knows. */
  readonly tokenizer: string;
  /** Ids wanted of a tokenizer that learns them from the text; of no effect on the others. */
  readonly vocabulary: number;
  /** Registry id of the objective. */
  readonly objective: string;
  /** Counts for the masked objective only. */
  readonly masking: MaskingConfiguration;
  readonly model: ModelConfiguration;
  readonly optimizer: OptimizerConfiguration;
  readonly schedule: ScheduleConfiguration;
  readonly training: TrainingConfiguration;
}
