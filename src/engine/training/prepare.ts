/** From a configuration and a text to a plan: tokenizer, dataset, model, and recorded programs. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { CorpusReport, ModelPlan } from '../../contract/messages.ts';
import { measureBaselines } from '../data/baselines.ts';
import { type Dataset, splitDataset } from '../data/dataset.ts';
import type { EncodedText } from '../data/encode-text.ts';
import type { Pace } from '../data/pace.ts';
import { withSpecialTokens } from '../data/tokenizers/special-tokens.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { families } from '../models/index.ts';
import { commonWindow, objectives } from '../objectives/index.ts';
import { maskText } from '../objectives/masked-token.ts';
import { describeVocabulary, type ObjectiveVocabulary } from '../objectives/vocabulary.ts';
import { ProblemError } from '../problem.ts';
import { type Backend, storageBytes } from '../program/program.ts';
import { flopsOf } from '../program/work.ts';
import { activationChoices } from './activations.ts';
import { find } from './catalog.ts';
import { precisions } from './precisions.ts';
import { planSession, type SessionPlan } from './session.ts';
import { validateConfiguration } from './validate.ts';
import { planWarnings } from './warnings.ts';

/** A corpus ready to train on. */
export interface PreparedText {
  /** With the special tokens that the objective needs. */
  readonly tokenizer: Tokenizer;
  readonly vocabulary: ObjectiveVocabulary;
  readonly dataset: Dataset;
  readonly report: CorpusReport;
}

/** Splits a text and measures it. @throws ProblemError for text that can't be trained on */
export async function prepareText(
  { tokenizer: plain, tokens, characters, bytes, excerpt }: EncodedText,
  { objective, model }: Pick<RunConfiguration, 'objective'> & { readonly model: { readonly context: number } },
  pace: Pace,
): Promise<PreparedText> {
  const { specials } = find(objectives, objective);
  const tokenizer = withSpecialTokens(plain, specials);
  const mask = specials.includes(maskText) ? tokenizer.specialIds?.get(maskText) : undefined;
  const dataset = splitDataset(tokens, commonWindow(model.context));
  return {
    tokenizer,
    vocabulary: describeVocabulary(tokenizer, mask),
    dataset,
    report: {
      characters,
      bytes,
      excerpt,
      tokens: tokens.length,
      trainingTokens: dataset.training.length,
      validationTokens: dataset.validation.length,
      baselines: await measureBaselines(dataset, tokenizer.vocabulary, pace),
    },
  };
}

/** Records the programs of a run without allocating on the device.
 *  @throws ProblemError for settings out of range or a model that the device can't hold */
export function planRun(
  configuration: RunConfiguration,
  vocabulary: number,
  device: Pick<Backend, 'storageLimitBytes' | 'memoryLimitBytes' | 'halfRefusal'>,
): SessionPlan {
  validateConfiguration(configuration);
  const { model: shape, training, optimizer, masking } = configuration;
  const objective = find(objectives, configuration.objective);
  const { attention = objective.attention } = shape;
  const model = find(families, shape.family).build({ ...shape, attention, vocabulary });
  const { batch, accumulation, dropout } = training;
  const { recomputed } = find(activationChoices, training.activations);
  const capacity = objective.capacity({ batch, context: shape.context }, masking);
  const wantsHalf = find(precisions, training.precision).half;
  const half = wantsHalf && !device.halfRefusal;
  const options = { batch, accumulation, dropout, optimizer, capacity, recomputed, half };
  const plan = { ...planSession(model, options), halfRefusal: wantsHalf ? device.halfRefusal : undefined };
  const storages = [...plan.step.program.owned, ...plan.step.program.shared, ...plan.prediction.program.owned];
  checkSize(Math.max(...storages.map(storageBytes)), device.storageLimitBytes);
  checkSize(plan.bytes, device.memoryLimitBytes);
  return plan;
}

/** @throws ProblemError at 'model' with the code */
export function checkSize(bytes: number, limit: number, code = 'model-too-large'): void {
  if (bytes > limit) throw new ProblemError({ where: 'model', code, values: { bytes, limit } });
}

/** What the page shows of a plan. @param stepMs measured or estimated, absent before any measurement */
export function describePlan(configuration: RunConfiguration, plan: SessionPlan, stepMs?: number): ModelPlan {
  return {
    configuration,
    vocabulary: plan.model.configuration.vocabulary,
    parameters: plan.model.arena.parameterCount,
    bytes: plan.bytes,
    activationBytes: plan.step.program.activationBytes,
    stepMs,
    warnings: planWarnings(configuration, plan.model),
    halfRefusal: plan.halfRefusal,
  };
}

/** Floating-point operations of one training step, by the kernels' own counts. */
export function stepFlops(plan: SessionPlan): number {
  return plan.step.program.dispatches.reduce((sum, call) => sum + flopsOf(call), 0);
}
