/** The training step in jax-js: one jitted function of weights, moments and a batch. Arrays are consumed where they are
 *  passed on, unless by `.ref`. */
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { optimizer } from '../configurations.ts';
import type { Library } from './library.ts';
import { dependencies } from './package.json';
import type { Problem } from './problem.ts';

type Weights = Record<string, np.Array>;
type Sizes = Problem['sizes'];

const epsilon = 1e-5;

const linear = (x: np.Array, weights: Weights, name: string): np.Array =>
  np.matmul(x, weights[`${name}.weight`]).add(weights[`${name}.bias`]);

const layerNorm = (x: np.Array, weights: Weights, name: string): np.Array =>
  nn.standardize(x, -1, { epsilon }).mul(weights[`${name}.weight`]).add(weights[`${name}.bias`]);

/** x [B·T, C] → [B·T, C] */
function attention(x: np.Array, weights: Weights, name: string, { batch, context, heads, width }: Sizes): np.Array {
  const shape = [batch, context, heads, width / heads];
  const [query, key, value] = np.split(linear(x, weights, `${name}.c_attn`), 3, -1).map((each) => each.reshape(shape));
  const mixed = nn.dotProductAttention(query, key, value, { isCausal: true });
  return linear(mixed.reshape([batch * context, width]), weights, `${name}.c_proj`);
}

function feedForward(x: np.Array, weights: Weights, name: string): np.Array {
  return linear(nn.gelu(linear(x, weights, `${name}.c_fc`), { approximate: true }), weights, `${name}.c_proj`);
}

/** tokens, targets [B·T] → mean cross-entropy */
function lossOf(weights: Weights, tokens: np.Array, targets: np.Array, sizes: Sizes): np.Array {
  const { vocabulary, context, layers, batch, width } = sizes;
  const table = weights['wte.weight'];
  const embedded = np.matmul(nn.oneHot(tokens, vocabulary), table.ref);
  const positions = np.tile(weights['wpe.weight'], [batch, 1]);
  let x = embedded.reshape([batch * context, width]).add(positions);
  for (let layer = 0; layer < layers; layer++) {
    const name = `h.${layer}`;
    x = x.ref.add(attention(layerNorm(x, weights, `${name}.ln_1`), weights, `${name}.attn`, sizes));
    x = x.ref.add(feedForward(layerNorm(x, weights, `${name}.ln_2`), weights, `${name}.mlp`));
  }
  const logits = np.matmul(layerNorm(x, weights, 'ln_f'), table.transpose());
  const chosen = nn.logSoftmax(logits, -1).mul(nn.oneHot(targets, vocabulary));
  return chosen.sum().mul(-1 / (batch * context));
}

function clipScale(gradients: Weights): np.Array {
  const squares = Object.values(gradients).map((each) => np.square(each.ref).sum());
  const norm = np.sqrt(squares.reduce((sum, each) => sum.add(each)));
  return np.minimum(np.reciprocal(norm.add(1e-6)).mul(optimizer.clip), 1);
}

/** @param corrections [1 − β₁ᵗ, 1 − β₂ᵗ] */
function adamW(weights: Weights, gradients: Weights, first: Weights, second: Weights, corrections: np.Array) {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = optimizer;
  const scale = clipScale(gradients);
  const [correction1, correction2] = [corrections.ref.slice(0), corrections.slice(1)];
  const next: { weights: Weights; first: Weights; second: Weights } = { weights: {}, first: {}, second: {} };
  for (const [name, weight] of Object.entries(weights)) {
    const gradient = gradients[name].mul(scale.ref);
    const m = first[name].mul(beta1).add(gradient.ref.mul(1 - beta1));
    const v = second[name].mul(beta2).add(np.square(gradient).mul(1 - beta2));
    next.first[name] = m.ref;
    next.second[name] = v.ref;
    const step = m.div(correction1.ref).div(np.sqrt(v.div(correction2.ref)).add(epsilon));
    const decay = weight.shape.length === 2 ? learningRate * weightDecay : 0;
    next.weights[name] = weight.mul(1 - decay).sub(step.mul(learningRate));
  }
  tree.dispose([scale, correction1, correction2]);
  return next;
}

const zeros = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, np.zeros(shape)]));

export const jax: Library = {
  version: dependencies['@jax-js/jax'],
  async open({ sizes, weights: initial, batches }, _configuration, backend) {
    const devices = await init(backend);
    if (!devices.includes(backend)) throw new Error(`jax-js has no ${backend} here`);
    defaultDevice(backend);
    const stepOf = jit(
      (
        weights: Weights,
        first: Weights,
        second: Weights,
        tokens: np.Array,
        targets: np.Array,
        corrections: np.Array,
      ) => {
        const loss = (own: Weights) => lossOf(own, tokens, targets, sizes);
        const [value, gradients] = valueAndGrad(loss)(tree.ref(weights));
        return [value, adamW(weights, gradients, first, second, corrections)] as const;
      },
    );
    let weights: Weights = Object.fromEntries(
      [...initial].map(([name, { shape, values }]) => [name, np.array(Float32Array.from(values)).reshape([...shape])]),
    );
    let [first, second] = [zeros(weights), zeros(weights)];
    let taken = 0;
    return {
      computes: backend,
      async train(count) {
        const losses: number[] = [];
        for (let i = 0; i < count; i++) {
          const { tokens, targets } = batches[taken % batches.length];
          taken += 1;
          const corrections = np.array([1 - optimizer.beta1 ** taken, 1 - optimizer.beta2 ** taken]);
          const ids = np.array(Int32Array.from(tokens));
          const labels = np.array(Int32Array.from(targets));
          const [loss, next] = stepOf(weights, first, second, ids, labels, corrections);
          ({ weights, first, second } = next);
          losses.push((await loss.data())[0]);
        }
        return losses;
      },
    };
  },
};
