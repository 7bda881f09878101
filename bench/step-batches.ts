/** Turns the numbers of a tokens file into the batches of a step. */
import { type Batch, choosePositions, createBatch } from '../src/engine/objectives/objective.ts';

/** What a label is where the position does not count. */
const ignored = -100;

interface Batches {
  readonly batches: readonly Batch[];
  readonly capacity: number | undefined;
}

/** Splits [batches, batch, context + 1] into inputs and the targets one to the right. */
export function nextTokenBatches(values: Int32Array, batch: number, context: number, vocabulary: number): Batches {
  checkTokens(values, vocabulary);
  const window = context + 1;
  const positions = batch * context;
  const batches: Batch[] = [];
  for (let start = 0; start < values.length; start += batch * window) {
    const target = createBatch({ batch, context });
    for (let row = 0; row < batch; row++) {
      const from = start + row * window;
      target.tokens.set(values.subarray(from, from + context), row * context);
      target.targets.set(values.subarray(from + 1, from + window), row * context);
    }
    target.weights.fill(1 / positions);
    batches.push(target);
  }
  return { batches, capacity: undefined };
}

/** Splits [batches, batch, 2, context] into inputs and labels; the loss is the mean over labels that count.
 *  @throws Error for labels outside the vocabulary, and for a batch without one that counts */
export function labelledBatches(values: Int32Array, batch: number, context: number, vocabulary: number): Batches {
  const perBatch = batch * 2 * context;
  const count = values.length / perBatch;
  const inputs = Array.from({ length: count }, () => new Int32Array(batch * context));
  const labels = Array.from({ length: count }, () => new Int32Array(batch * context));
  for (let row = 0; row < count * batch; row++) {
    const [index, at] = [Math.floor(row / batch), (row % batch) * context];
    const from = row * 2 * context;
    inputs[index].set(values.subarray(from, from + context), at);
    labels[index].set(values.subarray(from + context, from + 2 * context), at);
  }
  for (const tokens of inputs) checkTokens(tokens, vocabulary);
  for (const own of labels)
    checkTokens(
      own.filter((label) => label !== ignored),
      vocabulary,
    );
  const positions = labels.map((own) => [...own.keys()].filter((position) => own[position] !== ignored));
  const empty = positions.findIndex((own) => own.length === 0);
  if (empty >= 0) throw new Error(`batch ${empty} has no label that counts: all are ${ignored}`);
  const capacity = Math.ceil(Math.max(...positions.map((own) => own.length)) / 4) * 4;
  const batches = positions.map((own, index) => {
    const target = createBatch({ batch, context }, capacity);
    target.tokens.set(inputs[index]);
    choosePositions(target, own, (position) => labels[index][position], 1);
    return target;
  });
  return { batches, capacity };
}

function checkTokens(tokens: Int32Array, vocabulary: number): void {
  const wrong = tokens.find((token) => token < 0 || token >= vocabulary);
  if (wrong !== undefined) throw new Error(`token ${wrong} is outside the vocabulary of ${vocabulary}`);
}
