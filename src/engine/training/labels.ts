/** Shows how text becomes inputs and labels: a row of a training batch, or a sentence, as the objective makes it. */
import type { Problem } from '../../contract/messages.ts';
import type { Label, LabelledText, LabelSource } from '../../contract/results.ts';
import { RandomSequence } from '../data/random.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { type Batch, createBatch, type Objective, type ObjectiveSettings } from '../objectives/objective.ts';
import { ProblemError, saidAt } from '../problem.ts';
import { bestCandidates, softmax } from './prediction.ts';
import type { Session } from './session.ts';
import type { BatchSource } from './trainer.ts';

/** Stream of the seed for what is hidden on request; parameters use the first ones, samples those from 2¹⁹ on. */
const labelStreams = 1 << 18;

/** One window as the objective makes it. */
export interface LabelledWindow {
  /** What the model reads. */
  readonly inputs: Int32Array;
  /** The text: what it reads, and what it has to find. */
  readonly text: Int32Array;
  /** Index into the text of each label, ascending. */
  readonly positions: readonly number[];
  /** Input whose output predicts each label. */
  readonly from: readonly number[];
}

/** What labelling needs of a run. */
export interface Labelling {
  readonly session: Session;
  readonly source: BatchSource;
  readonly objective: Objective;
  readonly settings: ObjectiveSettings;
  readonly tokenizer: Pick<Tokenizer, 'encode' | 'view'>;
  readonly seed: number;
  /** Windows of a batch. */
  readonly batch: number;
  readonly context: number;
}

/** @throws ProblemError at 'labels': 'labels-too-short' or 'unknown-characters' */
export async function labelText(
  labelling: Labelling,
  source: LabelSource,
  draw: number,
  step: number,
): Promise<LabelledText> {
  const { session, settings, tokenizer } = labelling;
  const { drawn, rows, dropped } =
    source.kind === 'batch' ? rowOf(labelling, source, draw) : sentenceOf(labelling, source, draw);
  const logits = await session.predict(drawn.inputs);
  const { stride } = session.plan.prediction;
  const size = session.plan.model.configuration.vocabulary;
  const labels = drawn.positions.map((position, index): Label => {
    const start = drawn.from[index] * stride;
    const probabilities = softmax(logits.subarray(start, start + size));
    const [guess] = bestCandidates(probabilities, tokenizer);
    const label = drawn.text[position];
    const probability = probabilities[label];
    if (drawn.from[index] !== position) return { position, guess, probability };
    const input = drawn.inputs[position];
    const treatment = input === settings.vocabulary.mask ? 'masked' : input === label ? 'kept' : 'random';
    return { position, input: tokenizer.view(input), treatment, guess, probability };
  });
  return { source, draw, step, rows, tokens: Array.from(drawn.text, (id) => tokenizer.view(id)), labels, dropped };
}

function rowOf(labelling: Labelling, { step, row }: { step: number; row: number }, draw: number) {
  const { source, batch, context } = labelling;
  const batches = source.training(Math.max(1, step));
  const rows = batch * batches.length;
  const at = Math.min(rows - 1, Math.max(0, row));
  const window = windowOf(batches[Math.floor(at / batch)], at % batch, context);
  return { drawn: draw === 0 ? window : redraw(labelling, window.text, draw), rows, dropped: 0 };
}

function sentenceOf(labelling: Labelling, { text }: { text: string }, draw: number) {
  const { tokenizer, objective, context } = labelling;
  const all = saidAt('labels', () => tokenizer.encode(text, 'prompt'));
  const shortest = objective.window(1);
  if (all.length < shortest) throw problem('labels-too-short', { needed: shortest });
  const kept = Int32Array.from(all.subarray(0, objective.window(context)));
  return { drawn: redraw(labelling, kept, draw), rows: 1, dropped: all.length - kept.length };
}

/** The text as the objective makes it in another draw. */
function redraw({ objective, settings, seed }: Labelling, text: Int32Array, draw: number): LabelledWindow {
  const context = text.length - objective.window(1) + 1;
  const shape = { batch: 1, context };
  const target = createBatch(shape, objective.capacity(shape, settings.masking));
  const windows = { ...shape, tokens: text, starts: Int32Array.of(0) };
  objective.fill(target, windows, 1, new RandomSequence(seed, labelStreams + draw), settings);
  return windowOf(target, 0, context);
}

/** A row of a batch, copied out of it. */
export function windowOf({ tokens, targets, chosen }: Batch, row: number, context: number): LabelledWindow {
  const start = row * context;
  const inputs = tokens.slice(start, start + context);
  const each = Array.from({ length: context }, (_, i) => i);
  if (!chosen) {
    const text = Int32Array.of(...inputs, targets[start + context - 1]);
    return { inputs, text, positions: each.map((i) => i + 1), from: each };
  }
  const positions = each.filter((i) => chosen.slots[start + i] >= 0);
  const text = inputs.slice();
  for (const i of positions) text[i] = targets[chosen.slots[start + i]];
  return { inputs, text, positions, from: positions };
}

function problem(code: string, values: Problem['values']): ProblemError {
  return new ProblemError({ where: 'labels', code, values });
}
