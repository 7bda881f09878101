/** The training step in TensorFlow.js: eager operations, `variableGrads` for the gradients, `tidy` for the memory. */
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { optimizer } from '../configurations.ts';
import type { Library } from './library.ts';
import { dependencies } from './package.json';
import type { Problem } from './problem.ts';

type Weights = Record<string, tf.Variable>;
type Sizes = Problem['sizes'];

const epsilon = 1e-5;

function linear(x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D {
  return x.matMul<tf.Tensor2D>(weights[`${name}.weight`]).add(weights[`${name}.bias`]);
}

function layerNorm(x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D {
  const { mean, variance } = tf.moments(x, -1, true);
  const normed = x.sub(mean).mul<tf.Tensor2D>(variance.add(epsilon).rsqrt());
  return normed.mul<tf.Tensor2D>(weights[`${name}.weight`]).add(weights[`${name}.bias`]);
}

/** √(2/π)·(x + 0.044715·x³) inside the tanh, as GPT-2 has it. */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  const inner = x.add(x.square().mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(inner.tanh().add(1));
}

/** x [B·T, C] → [B·T, C]; mask [T, T] is 0 where a position may look, far below 0 elsewhere */
function attention(x: tf.Tensor2D, weights: Weights, name: string, mask: tf.Tensor, sizes: Sizes): tf.Tensor2D {
  const { batch, context, heads, width } = sizes;
  const [query, key, value] = tf
    .split(linear(x, weights, `${name}.c_attn`), 3, -1)
    .map((each) => each.reshape([batch, context, heads, width / heads]).transpose([0, 2, 1, 3]));
  const scores = tf.matMul(query, key, false, true).mul(1 / Math.sqrt(width / heads));
  const mixed = tf.matMul(tf.softmax(scores.add(mask), -1), value).transpose([0, 2, 1, 3]);
  return linear(mixed.reshape([batch * context, width]), weights, `${name}.c_proj`);
}

function feedForward(x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D {
  return linear(gelu(linear(x, weights, `${name}.c_fc`)), weights, `${name}.c_proj`);
}

/** Mean cross-entropy. One-hot products stand for look-ups: not every backend has the kernel for a look-up's gradient. */
function lossOf(weights: Weights, tokens: Int32Array, targets: Int32Array, mask: tf.Tensor, sizes: Sizes): tf.Scalar {
  const { vocabulary, context, layers, batch, width } = sizes;
  const oneHot = (ids: Int32Array) => tf.oneHot(tf.tensor1d(ids, 'int32'), vocabulary).toFloat() as tf.Tensor2D;
  const table = weights['wte.weight'];
  const embedded = oneHot(tokens).matMul(table).reshape([batch, context, width]);
  let x: tf.Tensor2D = embedded.add(weights['wpe.weight']).reshape([batch * context, width]);
  for (let layer = 0; layer < layers; layer++) {
    const name = `h.${layer}`;
    x = x.add(attention(layerNorm(x, weights, `${name}.ln_1`), weights, `${name}.attn`, mask, sizes));
    x = x.add(feedForward(layerNorm(x, weights, `${name}.ln_2`), weights, `${name}.mlp`));
  }
  const logits = tf.matMul(layerNorm(x, weights, 'ln_f'), table, false, true);
  return tf.losses.softmaxCrossEntropy(oneHot(targets), logits);
}

/** Its own Adam has no decoupled decay, so the update is written out. */
class AdamW {
  private readonly first: Weights;
  private readonly second: Weights;
  private step = 0;

  constructor(private readonly weights: Weights) {
    const zeros = () =>
      Object.fromEntries(Object.entries(weights).map(([name, each]) => [name, tf.variable(tf.zerosLike(each), false)]));
    this.first = zeros();
    this.second = zeros();
  }

  apply(gradients: tf.NamedTensorMap): void {
    const { learningRate, beta1, beta2, epsilon, weightDecay, clip } = optimizer;
    this.step += 1;
    const rate = learningRate / (1 - beta1 ** this.step);
    const correction = 1 / (1 - beta2 ** this.step);
    const squares = Object.values(gradients).map((each) => each.square().sum());
    const norm = squares.reduce((sum, each) => sum.add(each)).sqrt();
    const scale = tf.minimum(tf.div(clip, norm.add(1e-6)), 1);
    for (const [name, weight] of Object.entries(this.weights)) {
      const gradient = gradients[name].mul(scale);
      const [first, second] = [this.first[name], this.second[name]];
      first.assign(first.mul(beta1).add(gradient.mul(1 - beta1)));
      second.assign(second.mul(beta2).add(gradient.square().mul(1 - beta2)));
      const change = first.mul(rate).div(second.mul(correction).sqrt().add(epsilon));
      const kept = weight.rank === 2 ? weight.mul(1 - learningRate * weightDecay) : weight;
      weight.assign(kept.sub(change));
    }
  }
}

export const tfjs: Library = {
  version: dependencies['@tensorflow/tfjs'],
  async open({ sizes, weights: initial, batches }, _configuration, backend) {
    if (backend === 'wasm') {
      setWasmPaths(new URL('/tfjs/', location.href).href);
      // Half of them by default; the others take all.
      setThreadsCount(navigator.hardwareConcurrency);
    }
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here`);
    await tf.ready();
    const weights: Weights = Object.fromEntries(
      [...initial].map(([name, { shape, values }]) => [name, tf.variable(tf.tensor(values, [...shape]), true, name)]),
    );
    const mask = tf.tidy(() =>
      tf.linalg
        .bandPart(tf.ones([sizes.context, sizes.context]), -1, 0)
        .sub(1)
        .mul(1e9),
    );
    const adamW = new AdamW(weights);
    let taken = 0;
    return {
      computes: backend,
      async train(count) {
        const losses: number[] = [];
        for (let i = 0; i < count; i++) {
          const { tokens, targets } = batches[taken % batches.length];
          taken += 1;
          const loss = tf.tidy(() => {
            const { value, grads } = tf.variableGrads(() => lossOf(weights, tokens, targets, mask, sizes));
            adamW.apply(grads);
            return value;
          });
          losses.push((await loss.data())[0]);
          loss.dispose();
        }
        return losses;
      },
    };
  },
};
