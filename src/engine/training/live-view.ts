/** What the page sees of a run beside its numbers: predictions for the prompt, samples or fills, and labels on request. */
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { Event } from '../../contract/messages.ts';
import type { LabelSource, Sample } from '../../contract/results.ts';
import { objectives } from '../objectives/index.ts';
import { ProblemError } from '../problem.ts';
import { type BlankedPrompt, blankPrompt, predictBlanks } from './blanks.ts';
import { find } from './catalog.ts';
import { heldOutBlanks } from './held-out-blanks.ts';
import { type Labelling, labelText } from './labels.ts';
import { predictPrompt } from './prediction.ts';
import type { PreparedText } from './prepare.ts';
import type { Session } from './session.ts';
import type { BatchSource } from './trainer.ts';
import { writeOn } from './writer.ts';

/** Shortest time between two predictions while training: eight a second. */
const predictionIntervalMs = 125;
/** Largest share of the time that predictions and samples may take while training. */
const viewShare = 0.15;
const sampleTokens = 64;

/** What there is to see. */
export interface Viewed {
  readonly configuration: RunConfiguration;
  readonly text: PreparedText;
  readonly session: Session;
  readonly source: BatchSource;
  /** True: other runs train beside it, and nobody looks at its samples. */
  readonly isCompared: boolean;
}

/** Every method takes the steps that the weights have been trained for, and must not run beside another one. */
export class LiveView {
  private readonly labelling: Labelling;
  private promptTokens = new Int32Array(0);
  /** The prompt with its blanks, for an objective that fills them. */
  private blanked: BlankedPrompt | undefined;
  /** Blanks in held-out text, once they have been asked for. */
  private heldOut: BlankedPrompt | undefined;
  private isPromptNew = false;
  private labelsDue: { readonly source: LabelSource; readonly draw: number } | undefined;
  private lastPredictionMs = 0;
  private predictionCostMs = 0;
  private sampleCostMs = 0;
  private lastSampleMs = 0;

  constructor(
    private readonly viewed: Viewed,
    private sampling: SamplingConfiguration,
    private readonly emit: (event: Event) => void,
  ) {
    const { session, source, text, configuration } = viewed;
    const { training, model, masking } = configuration;
    this.labelling = {
      session,
      source,
      objective: find(objectives, configuration.objective),
      settings: { masking, vocabulary: text.vocabulary },
      tokenizer: text.tokenizer,
      seed: training.seed,
      batch: training.batch,
      context: model.context,
    };
  }

  setSampling(sampling: SamplingConfiguration): void {
    this.sampling = sampling;
  }

  /** What is to be predicted from now on.
   *  @param blanks indices of tokens to blank, where the objective fills blanks
   *  @throws ProblemError 'prompt-empty', 'prompt-no-blank', 'prompt-only-blanks' or 'unknown-characters'; the old
   *  prompt stays */
  setPrompt(text: string, blanks?: readonly number[]): void {
    if (this.writesOn) this.promptTokens = this.encodePrompt(text);
    else this.blanked = blankPrompt(text, blanks, this.viewed.text.tokenizer, this.viewed.text.vocabulary);
    this.isPromptNew = true;
  }

  /** Has labels sent at the next opportunity between two steps. */
  askForLabels(source: LabelSource, draw: number): void {
    this.labelsDue = { source, draw };
  }

  /** Between two steps: what the page should see, as often as its cost allows. */
  async between(step: number): Promise<void> {
    const sincePredictionMs = performance.now() - this.lastPredictionMs;
    const pauseMs = Math.max(predictionIntervalMs, this.predictionCostMs / viewShare);
    if (this.isPromptNew || sincePredictionMs > pauseMs) await this.predict(step);
    if (this.isSampleDue(step)) await this.sample(step);
    await this.sendDueLabels(step);
  }

  async predict(step: number): Promise<void> {
    this.isPromptNew = false;
    if (this.promptTokens.length === 0 && !this.blanked) return;
    const startMs = performance.now();
    const { session, text } = this.viewed;
    if (this.blanked) {
      this.emit({ type: 'blanks', prediction: await predictBlanks(session, this.blanked, step, text.tokenizer) });
    } else {
      const prediction = await predictPrompt(session, this.promptTokens, step, text.tokenizer);
      this.emit({ type: 'prediction', prediction });
    }
    this.lastPredictionMs = performance.now();
    this.predictionCostMs = this.lastPredictionMs - startMs;
  }

  /** What it writes on from the prompt, or how it fills the blanks of held-out text. */
  async sample(step: number): Promise<void> {
    if (this.viewed.isCompared || (this.writesOn && this.promptTokens.length === 0)) return;
    const startMs = performance.now();
    if (this.writesOn) {
      const sample = await this.write(this.promptTokens, sampleTokens, step);
      this.emit({ type: 'sample', sample, isAnswer: false });
    } else {
      await this.fill(step);
    }
    this.lastSampleMs = performance.now();
    this.sampleCostMs = this.lastSampleMs - startMs;
  }

  /** @throws ProblemError 'objective-fills-blanks' where the objective fills blanks instead */
  async generate(prompt: string, tokens: number, step: number): Promise<void> {
    if (!this.writesOn) throw new ProblemError({ where: 'prompt', code: 'objective-fills-blanks', values: {} });
    const sample = await this.write(this.encodePrompt(prompt), tokens, step);
    this.emit({ type: 'sample', sample, isAnswer: true });
  }

  /** How a piece of text becomes inputs and labels, and what the model makes of them.
   *  @throws ProblemError at 'labels' for text that can't be labelled */
  async sendLabels(source: LabelSource, draw: number, step: number): Promise<void> {
    this.emit({ type: 'labels', labelled: await labelText(this.labelling, source, draw, step) });
  }

  /** What is wrong with the text must not stop training. */
  async sendDueLabels(step: number): Promise<void> {
    const due = this.labelsDue;
    if (!due) return;
    this.labelsDue = undefined;
    try {
      await this.sendLabels(due.source, due.draw, step);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.emit({ type: 'problem', problem: error.problem });
    }
  }

  private get writesOn(): boolean {
    return this.labelling.objective.writesOn;
  }

  /** Powers of ten always; 2 and 5 times them where samples are cheap. */
  private isSampleDue(step: number): boolean {
    const leading = step / 10 ** Math.floor(Math.log10(step));
    if (leading === 1) return true;
    if (leading !== 2 && leading !== 5) return false;
    return performance.now() - this.lastSampleMs > this.sampleCostMs / viewShare;
  }

  private async write(prompt: Int32Array, count: number, step: number): Promise<Sample> {
    const { session, text, configuration } = this.viewed;
    const written = await writeOn(session, prompt, count, this.sampling, configuration.training.seed, step);
    const start = text.tokenizer.decode(prompt);
    // Decoded with the prompt: a piece that goes on with a word has no space before it.
    const whole = text.tokenizer.decode([...prompt, ...written]);
    return { step, prompt: start, text: whole.slice(start.length) };
  }

  private async fill(step: number): Promise<void> {
    const { session, text } = this.viewed;
    const { settings, seed, context } = this.labelling;
    this.heldOut ??= heldOutBlanks(text.dataset, context, seed, settings);
    this.emit({ type: 'fills', prediction: await predictBlanks(session, this.heldOut, step, text.tokenizer) });
  }

  private encodePrompt(text: string): Int32Array<ArrayBuffer> {
    if (text === '') throw new ProblemError({ where: 'prompt', code: 'prompt-empty', values: {} });
    return Int32Array.from(this.viewed.text.tokenizer.encode(text, 'prompt'));
  }
}
