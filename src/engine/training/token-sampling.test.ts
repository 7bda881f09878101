/** Token sampling: distributions, cut-offs and extremes. */
import { describe, expect, it } from 'vitest';
import { sampleToken } from './token-sampling.ts';

const plain = { temperature: 1, topK: 0, topP: 1 };
const logits = Float32Array.from([1, 3, 2, 0]);

/** Shares of the ids over evenly spread random numbers. */
function shares(sampling: typeof plain, from = logits): number[] {
  const counts = new Array<number>(from.length).fill(0);
  const draws = 20_000;
  for (let i = 0; i < draws; i++) counts[sampleToken(from, sampling, (i + 0.5) / draws)] += 1 / draws;
  return counts;
}

describe('sampleToken', () => {
  it('draws in proportion to the softmax', () => {
    const weights = [...logits].map(Math.exp);
    const total = weights.reduce((a, b) => a + b);
    shares(plain).forEach((share, id) => expect(share).toBeCloseTo(weights[id] / total, 3));
  });

  it('sharpens with low temperature and flattens with high', () => {
    expect(shares({ ...plain, temperature: 0.1 })[1]).toBeGreaterThan(0.9999);
    for (const share of shares({ ...plain, temperature: 1e6 })) expect(share).toBeCloseTo(0.25, 3);
  });

  it('takes the most probable token at temperature 0, the lowest id on ties', () => {
    expect(sampleToken(Float32Array.of(1, 5, 5), { ...plain, temperature: 0 }, 0.99)).toBe(1);
  });

  it('keeps k tokens with top-k', () => {
    const [a, b, c, d] = shares({ ...plain, topK: 2 });
    expect([a, d]).toEqual([0, 0]);
    expect(b / c).toBeCloseTo(Math.E, 2);
    expect(shares({ ...plain, topK: 1 })).toEqual(shares({ ...plain, temperature: 0 }));
    expect(shares({ ...plain, topK: 99 })).toEqual(shares(plain));
  });

  it('keeps the smallest set that holds p with top-p', () => {
    expect(shares({ ...plain, topP: 1e-9 })[1]).toBeCloseTo(1, 9);
    const [a, b, c, d] = shares({ ...plain, topP: 0.8 });
    expect([a, d]).toEqual([0, 0]);
    expect(b + c).toBeCloseTo(1, 9);
  });

  it('never draws what is impossible, whatever the random number', () => {
    const hopeless = Float32Array.of(Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY);
    for (const uniform of [0, 0.5, 1 - 1e-12]) expect(sampleToken(hopeless, plain, uniform)).toBe(1);
    expect(sampleToken(Float32Array.of(-1e30, 80, -80), plain, 1 - 1e-12)).toBe(1);
  });
});
