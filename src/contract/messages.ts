/** Everything that passes between the page and the training worker: commands in, events out. */
import type { Catalog } from './catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from './configuration.ts';
import type { BlankPrediction, LabelledText, LabelSource, Prediction, Sample, Verdict } from './results.ts';
import type { SpeedReport } from './speed.ts';
import type { LoadedTokenizer, PiecePage, TokenizedText } from './vocabulary.ts';

/** What the page asks of the worker. */
export type Command =
  /** Chooses the backend and answers with `ready`. First command, once. The corpora lie beside the page. */
  | { readonly type: 'open'; readonly backend: BackendChoice; readonly pageUrl: string }
  /** Looks at the beginning of a text; answers `inspected` or `refused`, whatever else is under way. */
  | { readonly type: 'inspect'; readonly source: TextSource }
  /** Reads a tokenizer.json and keeps it for configurations that name it by this id; answers `tokenizerOpened`, or
   *  `problem` at 'tokenizer', whatever else is under way. */
  | { readonly type: 'openTokenizer'; readonly id: string; readonly file: Blob }
  /** Builds corpus, tokenizer and model anew; answers `prepared`, or `problem` and the old run stays. */
  | { readonly type: 'configure'; readonly configuration: RunConfiguration; readonly text?: TextSource }
  /** Trains two to four configurations on one text in lock-step, each from fresh weights; the present run is set aside
   *  as it is. From now on training, its resets, and the prompt are about them; answers `comparing`, or `uncompared`
   *  and all is as it was. */
  | {
      readonly type: 'compare';
      readonly configurations: readonly RunConfiguration[];
      readonly pace: ComparisonPace;
      readonly text?: TextSource;
    }
  /** Pauses the comparison and goes back to the run set aside; `return` goes back to the comparison, where there is
   *  one. Both answer `inView`. */
  | { readonly type: 'leave' }
  | { readonly type: 'return' }
  /** Stops the `configure` or `compare` under way, which then answers `cancelled`; all is as it was before. */
  | { readonly type: 'cancel' }
  /** Sizes a configuration without allocating anything; answers `planned` or `problem`. */
  | { readonly type: 'plan'; readonly configuration: RunConfiguration }
  | { readonly type: 'train' }
  | { readonly type: 'pause' }
  /** One optimizer step, then pause. */
  | { readonly type: 'step' }
  /** Fresh weights from the seed, same corpus and model. */
  | { readonly type: 'reset' }
  /** Brings back the run that the last reset put aside; does nothing where none is kept. */
  | { readonly type: 'undo' }
  /** Changes what can change while training runs. */
  | { readonly type: 'adjust'; readonly learningRate?: number; readonly sampling?: SamplingConfiguration }
  /** `blanks`, for the masked objective: indices of the prompt's tokens to blank, beside each [MASK] written in the
   *  text; left out, the engine chooses some. Answers `prediction`, or `blanks` for the masked objective. */
  | { readonly type: 'prompt'; readonly text: string; readonly blanks?: readonly number[] }
  /** Turns a piece of text into inputs and labels as the run does; answers `labels`, or `problem` at 'labels'. */
  | { readonly type: 'labels'; readonly source: LabelSource; readonly draw: number }
  /** Measures the device, and where the time of a step of the run goes. Training waits for it, a second or two, and
   *  is not changed by it; answers `profiled`, or `problem` at 'speed'. */
  | { readonly type: 'profile' }
  /** Writes on from the prompt now; answers `sample`. */
  | { readonly type: 'generate'; readonly text: string; readonly tokens: number }
  /** Cuts a text into tokens, or the beginning of the run's; answers `tokenized`, or `problem` at 'tokens'. */
  | { readonly type: 'tokenize'; readonly text?: string }
  /** Answers `pieces`: a page of what the tokenizer has learnt, those whose text has `query` in it. Does nothing where
   *  it learns nothing. */
  | { readonly type: 'pieces'; readonly query: string; readonly page: number }
  /** Answers `tokenizerFile`: tokenizer.json, where there is a format for the tokenizer. */
  | { readonly type: 'saveTokenizer' }
  /** Answers `weights`: safetensors in Hugging Face GPT-2 layout. */
  | { readonly type: 'save' }
  /** Takes weights of the current shape; answers `loaded` or `problem`. */
  | { readonly type: 'load'; readonly file: ArrayBuffer };

/** What the worker tells the page. */
export type Event =
  | { readonly type: 'ready'; readonly backend: BackendReport; readonly catalog: Catalog }
  | { readonly type: 'inspected'; readonly id: number; readonly report: SourceReport }
  | { readonly type: 'refused'; readonly id: number; readonly problem: Problem }
  | { readonly type: 'cancelled'; readonly what: 'run' | 'comparison' }
  | { readonly type: 'progress'; readonly task: Task; readonly done: number; readonly total: number }
  | { readonly type: 'prepared'; readonly run: RunReport }
  /** The comparison stands; it replaces an earlier one. */
  | { readonly type: 'comparing'; readonly pace: ComparisonPace; readonly runs: readonly RunReport[] }
  /** A comparison that was asked for did not come about: a problem, or a newer wish, or the user has stopped it. */
  | { readonly type: 'uncompared' }
  /** What training, its resets, and the prompt are about from here on: the comparison, or the run beside it. */
  | { readonly type: 'inView'; readonly isComparison: boolean }
  /** Something about one of the compared runs. */
  | { readonly type: 'compared'; readonly index: number; readonly event: Event }
  | { readonly type: 'verdict'; readonly verdict: Verdict }
  /** The comparison had to make room for a new run. */
  | { readonly type: 'displaced' }
  | { readonly type: 'planned'; readonly plan: ModelPlan }
  | { readonly type: 'status'; readonly status: Status; readonly step: number }
  /** Training points in order, each exactly once. */
  | { readonly type: 'points'; readonly points: readonly TrainingPoint[] }
  | { readonly type: 'evaluation'; readonly evaluation: Evaluation }
  | { readonly type: 'prediction'; readonly prediction: Prediction }
  | { readonly type: 'blanks'; readonly prediction: BlankPrediction }
  /** `isAnswer`: what `generate` asked for; the others come by themselves as training goes on. */
  | { readonly type: 'sample'; readonly sample: Sample; readonly isAnswer: boolean }
  /** What a masked model puts into blanks of held-out text: the same piece at every step. */
  | { readonly type: 'fills'; readonly prediction: BlankPrediction }
  | { readonly type: 'labels'; readonly labelled: LabelledText }
  | { readonly type: 'profiled'; readonly report: SpeedReport }
  | { readonly type: 'tokenizerOpened'; readonly tokenizer: LoadedTokenizer }
  | { readonly type: 'tokenized'; readonly tokenized: TokenizedText }
  | { readonly type: 'pieces'; readonly pieces: PiecePage }
  | { readonly type: 'tokenizerFile'; readonly file: string }
  | { readonly type: 'weights'; readonly file: ArrayBuffer }
  | { readonly type: 'loaded'; readonly step: number }
  /** A reset has put the run of `step` steps aside, for `undo`. */
  | { readonly type: 'kept'; readonly step: number }
  /** The run that was put aside is the present one again, exactly as it was. */
  | { readonly type: 'restored'; readonly step: number }
  /** The run that was put aside is gone: another one trains. */
  | { readonly type: 'released' }
  | { readonly type: 'problem'; readonly problem: Problem };

export type BackendChoice = 'auto' | 'webgpu' | 'cpu';

/** What compared runs get as much of as each other. */
export type ComparisonPace = 'steps' | 'compute';

export interface BackendReport {
  readonly kind: 'webgpu' | 'cpu';
  /** Adapter as the browser names it, as 'google swiftshader'; empty for the CPU. */
  readonly adapter: string;
  /** True where the adapter is a program on the CPU. */
  readonly software: boolean;
  /** Why WebGPU is not used; absent where it is. */
  readonly fallbackReason?: 'no-webgpu' | 'no-adapter' | 'no-device' | 'chosen' | 'slower' | 'lost';
  /** Threads of the WebAssembly kernels; absent on WebGPU, and where plain JavaScript computes. */
  readonly threads?: number;
  /** Duration of a step of the default model, where both backends were measured to choose; Infinity if none came
   *  in time. */
  readonly measured?: { readonly webgpuStepMs: number; readonly cpuStepMs: number };
}

/** Text that the user gave. A file goes to the worker as it is: the page never reads it. */
export interface TextSource {
  /** Another text, or the same read in another way, has another one. */
  readonly id: number;
  readonly content: Blob | string;
  /** Name of the file, or empty where it was pasted. */
  readonly name: string;
  readonly decoding: Decoding;
  /** True where a file of records is to be taken as it stands. */
  readonly isPlain: boolean;
  /** Of records, the field to learn from. */
  readonly field?: string;
}

/** 'strict' refuses bytes that don't fit; 'replace' puts U+FFFD in their place; 'gb18030' reads older Chinese files. */
export type Decoding = 'strict' | 'replace' | 'gb18030';

export interface SourceReport {
  /** Fields of its records, the one with the most text first; empty where it has no records. A list has the field ''. */
  readonly fields: readonly string[];
  /** The one that was asked for, or the first. */
  readonly field?: string;
}

/** Work that can take over a second. 'corpus', of the user's own text, and 'tokenize' count bytes. */
export type Task = 'corpus' | 'vocabulary' | 'tokenize' | 'baselines' | 'tune' | 'compile' | 'measure';

/** 'idle' before the first `prepared`; 'finished' at the schedule's last step; 'failed' after NaN or Inf. */
export type Status = 'idle' | 'preparing' | 'ready' | 'training' | 'paused' | 'finished' | 'failed';

/** Size of a model before anything is allocated. */
export interface ModelPlan {
  readonly configuration: RunConfiguration;
  readonly vocabulary: number;
  readonly parameters: number;
  /** Bytes on the device: parameters, gradients, moments, activations, inputs. */
  readonly bytes: number;
  readonly activationBytes: number;
  /** Measured or scaled from a measured step, in milliseconds; absent before any measurement. */
  readonly stepMs?: number;
  /** What the configuration will do that looks like learning and is not, or the reverse. */
  readonly warnings: readonly PlanWarning[];
  /** Why it trains in single precision though it asks for half; absent where it gets what it asks for. */
  readonly halfRefusal?: HalfRefusal;
}

/** 'cpu': it has no half precision. 'no-f16': the graphics card or the browser has none. 'unchecked': it is yet to be
 *  checked. 'wrong-results': what it computed in half precision was wrong. */
export type HalfRefusal = 'cpu' | 'no-f16' | 'unchecked' | 'wrong-results';

/** 'next-token-sees-itself': bidirectional attention lets a position read the token it has to predict, so the loss
 *  falls to nothing without anything learned. 'kept-tokens-show-answer': most predicted tokens stand in their own
 *  blank. 'masked-causal': the masked objective reads only what stands left of a blank. */
export type PlanWarning = 'next-token-sees-itself' | 'kept-tokens-show-answer' | 'masked-causal';

export interface CorpusReport {
  /** Length of the text in UTF-16 code units, as string.length. */
  readonly characters: number;
  readonly bytes: number;
  /** First lines of the text. */
  readonly excerpt: string;
  readonly tokens: number;
  readonly trainingTokens: number;
  readonly validationTokens: number;
  readonly baselines: Baselines;
}

/** Losses that need no training, in nats per token, measured on the validation part. */
export interface Baselines {
  /** ln V. */
  readonly uniform: number;
  /** Token frequencies of the training part. */
  readonly unigram: number;
  /** Frequencies of token pairs of the training part. */
  readonly bigram: number;
}

export interface RunReport {
  readonly configuration: RunConfiguration;
  readonly corpus: CorpusReport;
  readonly plan: ModelPlan;
  /** What a training step asks of the device. */
  readonly dispatches: number;
  /** Floating-point operations of matrix products and attention that the model needs for a training step: those of its
   *  forward pass, and twice as many for the gradients. */
  readonly modelFlops: number;
}

/** One optimizer step. */
export interface TrainingPoint {
  /** Steps done, from 1. */
  readonly step: number;
  /** Tokens seen so far. */
  readonly tokens: number;
  /** Mean negative log-likelihood in nats per predicted token: all of them, or the blanks of the masked objective. */
  readonly trainLoss: number;
  /** Share of positions whose most probable token was right, 0 to 1. */
  readonly accuracy: number;
  /** Before clipping; where half precision skipped the step, that of the step before. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly tokensPerSecond: number;
  /** In half precision only. */
  readonly scaling?: LossScaling;
}

/** How half precision keeps small gradients: the loss is scaled up for the backward pass, and a step whose gradients
 *  overflow is skipped. */
export interface LossScaling {
  readonly scale: number;
  /** Steps so far that have changed nothing. */
  readonly skippedSteps: number;
}

export interface Evaluation {
  readonly step: number;
  readonly validationLoss: number;
  readonly accuracy: number;
}

/** Something that went wrong, with what the page needs to say so in the user's language. */
export interface Problem {
  /** Where the message belongs. */
  readonly where:
    | 'corpus'
    | 'tokenizer'
    | 'tokens'
    | 'objective'
    | 'model'
    | 'settings'
    | 'training'
    | 'prompt'
    | 'labels'
    | 'speed'
    | 'weights'
    | 'backend'
    | 'link';
  /** Key of the message in the page's language files, under `problems`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}
