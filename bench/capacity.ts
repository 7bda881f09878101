/** The largest model that trains in a given memory, by the plan alone, beside what the lower bound of liveness would allow:
 *  how many blocks fit, with activations kept and computed again. One JSON line each. */
import { gpt } from '../src/engine/models/gpt.ts';
import { planSession } from '../src/engine/training/session.ts';
import { optimizer } from './configurations.ts';

const budgets = [2 ** 28, 2 ** 30];
const shape = { vocabulary: 512, context: 256, heads: 8, width: 256 };
const batch = 8;

interface Planned {
  readonly layers: number;
  readonly parameters: number;
  /** Weights, gradients, moments, activations, and all else. */
  readonly bytes: number;
  readonly activationBytes: number;
  readonly activationLowerBoundBytes: number;
  /** If activations took no more than the most that is alive at once. */
  readonly lowerBoundBytes: number;
}

function planOf(layers: number, recomputed: boolean): Planned {
  const model = gpt.build({ family: 'gpt', layers, ...shape });
  const { bytes, step } = planSession(model, { batch, accumulation: 1, dropout: 0, optimizer, recomputed });
  const { activationBytes, activationLowerBoundBytes } = step.program;
  const lowerBoundBytes = bytes - activationBytes + activationLowerBoundBytes;
  const parameters = model.arena.parameterCount;
  return { layers, parameters, bytes, activationBytes, activationLowerBoundBytes, lowerBoundBytes };
}

/** The deepest model that fits: doubles until one does not, then halves the rest. Plans are made once. */
function deepest(plan: (layers: number) => Planned, fits: (planned: Planned) => boolean): Planned {
  let [fitting, tooDeep] = [0, 1];
  while (fits(plan(tooDeep))) [fitting, tooDeep] = [tooDeep, tooDeep * 2];
  while (tooDeep - fitting > 1) {
    const middle = (fitting + tooDeep) >> 1;
    if (fits(plan(middle))) fitting = middle;
    else tooDeep = middle;
  }
  if (fitting === 0) throw new Error('not even one block fits');
  return plan(fitting);
}

for (const recomputed of [false, true]) {
  const plans = new Map<number, Planned>();
  const plan = (layers: number): Planned => {
    const planned = plans.get(layers) ?? planOf(layers, recomputed);
    plans.set(layers, planned);
    return planned;
  };
  for (const budgetBytes of budgets) {
    const largest = deepest(plan, ({ bytes }) => bytes <= budgetBytes);
    const bound = deepest(plan, ({ lowerBoundBytes }) => lowerBoundBytes <= budgetBytes);
    const line = {
      ...{ suite: 'capacity', adapter: 'none: planned, not allocated', budgetBytes, recomputed, ...shape, batch },
      ...largest,
      ofActivationLowerBound: largest.activationBytes / largest.activationLowerBoundBytes,
      layersByLowerBound: bound.layers,
      ofLowerBound: largest.parameters / bound.parameters,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
