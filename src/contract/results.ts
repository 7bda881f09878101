/** What models answer, as the page shows it: predictions, blanks, labels, samples, scores. */

/** An estimate with its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How well a model guesses held-out tokens. */
export interface FairScore {
  /** Tokens guessed. */
  readonly positions: number;
  /** Share of tokens whose most probable guess was right; interval by Wilson (1927). */
  readonly accuracy: Estimate;
  /** Mean −log₂ of the probability given to the token; normal interval. For a model that fills blanks, 2 to this power
   *  is its pseudo-perplexity (Salazar et al. 2020). */
  readonly bits: Estimate;
}

/** Which run is ahead by a measure, and by how much, token by token. */
export interface Lead {
  /** Indices of the runs: the best, and the next best. */
  readonly leader: number;
  readonly other: number;
  /** How much better the leader is. It is sure of its lead where the interval does not reach 0. */
  readonly gap: Estimate;
}

/** What compared runs have learned, by the same held-out tokens. */
export interface Verdict {
  /** Steps of each run. */
  readonly steps: readonly number[];
  readonly scores: readonly FairScore[];
  readonly accuracy: Lead;
  readonly bits: Lead;
  /** What needs no training: the most frequent token of the training part, and how often that guess is right. */
  readonly baseline: Candidate;
}

/** A token as the page shows it. */
export interface TokenView {
  readonly id: number;
  /** Its text; for a byte that is no whole character, its hexadecimal value as '<E4>'. */
  readonly text: string;
  /** 'byte' where the token is only part of a character; 'special' where it stands for no text, as [MASK]. */
  readonly kind: 'text' | 'byte' | 'special';
}

export interface Candidate {
  readonly token: TokenView;
  readonly probability: number;
}

/** What the model makes of the prompt. Position i is predicted from the tokens before i. */
export interface Prediction {
  readonly step: number;
  readonly tokens: readonly TokenView[];
  /** Probability given to the token that stands at i; null at 0, which has nothing to its left. */
  readonly given: readonly (number | null)[];
  /** Most probable tokens for position i, best first; empty at 0. One entry more than tokens: what comes next. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** Tokens cut from the left, since the context holds no more. */
  readonly dropped: number;
}

/** One blank of the prompt. */
export interface Blank {
  /** Index into the prompt's tokens. */
  readonly position: number;
  /** What stood there and what probability it gets; absent where the user wrote [MASK]. */
  readonly truth?: Candidate;
  /** Most probable tokens, best first. */
  readonly candidates: readonly Candidate[];
}

/** What a masked model puts into the blanks of the prompt, each from both sides. */
export interface BlankPrediction {
  readonly step: number;
  /** The prompt as the model reads it: blanks are [MASK], of kind 'special'. */
  readonly tokens: readonly TokenView[];
  /** By ascending position. */
  readonly blanks: readonly Blank[];
  /** Tokens cut from the left, since the context holds no more. */
  readonly dropped: number;
}

/** Which text is turned into inputs and labels: a row of the batch that a step trains on, steps counted from 1, or text
 *  that the user wrote. */
export type LabelSource =
  | { readonly kind: 'batch'; readonly step: number; readonly row: number }
  | { readonly kind: 'text'; readonly text: string };

/** One label, and what the model makes of it. */
export interface Label {
  /** Index into the tokens of the text: the token there is the label. */
  readonly position: number;
  /** What the model reads in place of it; absent where it reads nothing from there on. */
  readonly input?: TokenView;
  /** What was done to it; absent where it reads nothing from there on. */
  readonly treatment?: 'masked' | 'random' | 'kept';
  readonly guess: Candidate;
  /** Probability that the label is given. */
  readonly probability: number;
}

/** A piece of text with the labels that it gives to itself. */
export interface LabelledText {
  readonly source: LabelSource;
  /** 0: as training draws what is hidden; any other number draws it anew. */
  readonly draw: number;
  /** Steps that the weights have been trained for. */
  readonly step: number;
  /** Rows of a batch. */
  readonly rows: number;
  /** The text as it stands. */
  readonly tokens: readonly TokenView[];
  /** By ascending position. */
  readonly labels: readonly Label[];
  /** Tokens cut from the right, since the context holds no more. */
  readonly dropped: number;
}

export interface Sample {
  readonly step: number;
  readonly prompt: string;
  readonly text: string;
}
