/** The fair score: each model reads what it should, intervals are right, and a short text is not padded into the guess. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../testing/backends.ts';
import { integers } from '../../testing/numbers.ts';
import { loadTiny, planTiny, tinyShape } from '../../testing/tiny-gpt.ts';
import { difference, guess, pseudoLogLoss, score, spreadPositions, wilson } from './fair-score.ts';
import { softmax } from './prediction.ts';
import type { Session } from './session.ts';

const { vocabulary, context } = tinyShape;
const mask = vocabulary - 1;
const text = integers(60, vocabulary - 1, 8);

const causalSession = () => loadTiny(cpuBackend('f32'), planTiny());
const maskedSession = () =>
  loadTiny(cpuBackend('f32'), planTiny({ shape: { ...tinyShape, family: 'bert' }, capacity: 8 }));

/** −ln of what a prediction gives to `token` at a position of a window. */
async function predicted(session: Session, window: Int32Array, position: number, token: number): Promise<number> {
  const logits = await session.predict(window);
  const { stride } = session.plan.prediction;
  return -Math.log(softmax(logits.subarray(position * stride, position * stride + vocabulary))[token]);
}

describe('guesses', () => {
  it('of the causal model read one context left of the token', async () => {
    const session = await causalSession();
    const { nats, right } = await guess(session, text, [20, 33, 59, 40], { sees: 'left' });
    for (const [i, position] of [20, 33, 59, 40].entries()) {
      const window = text.slice(position - context, position);
      expect(nats[i]).toBeCloseTo(await predicted(session, window, context - 1, text[position]), 4);
    }
    expect([...right].every((value) => value === 0 || value === 1)).toBe(true);
  });

  it('of the masked model read both sides, without the token itself', async () => {
    const session = await maskedSession();
    const positions = [20, 33, 58, 2];
    const starts = [14, 27, 48, 0];
    const { nats } = await guess(session, text, positions, { sees: 'both', mask });
    for (const [i, position] of positions.entries()) {
      const window = text.slice(starts[i], starts[i] + context);
      window[position - starts[i]] = mask;
      expect(nats[i]).toBeCloseTo(await predicted(session, window, position - starts[i], text[position]), 4);
    }
  });

  it('lie evenly over the text, past the first context', () => {
    expect([...spreadPositions(4, 100, 20)]).toEqual([20, 40, 60, 80]);
    expect([...spreadPositions(100, 10, 20)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

it('pseudo-perplexity masks every token once, and padding is not read', async () => {
  const session = await maskedSession();
  const short = text.slice(0, 7);
  let total = 0;
  for (let position = 0; position < short.length; position++) {
    const window = short.slice();
    window[position] = mask;
    total += await predicted(session, window, position, short[position]);
  }
  expect(await pseudoLogLoss(session, short, mask)).toBeCloseTo(total / short.length, 4);
  const padded = new Int32Array(context);
  padded.set(short);
  padded[3] = mask;
  const whole = short.slice();
  whole[3] = mask;
  const [alone, withPadding] = [
    await predicted(session, whole, 3, short[3]),
    await predicted(session, padded, 3, short[3]),
  ];
  expect(Math.abs(alone - withPadding)).toBeGreaterThan(1e-3);
  expect(await pseudoLogLoss(session, text.slice(0, 30), mask)).toBeGreaterThan(0);
});

describe('intervals', () => {
  it("are Wilson's for a share", () => {
    // Newcombe (1998), table I: 81 of 263, 0 of 20.
    const { low, high } = wilson(81, 263);
    expect([low, high].map((each) => each.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expect([wilson(0, 20).low, wilson(0, 20).high].map((each) => each.toFixed(4))).toEqual(['0.0000', '0.1611']);
  });

  it('hold the mean, and are narrower for the difference of two that agree', () => {
    const one = { nats: Float64Array.of(1, 2, 3, 4).map((nats) => nats * Math.LN2), right: Uint8Array.of(1, 0, 0, 0) };
    const other = { nats: one.nats.map((nats) => nats + Math.LN2), right: Uint8Array.of(0, 0, 0, 0) };
    const { bits, accuracy, positions } = score(one);
    expect([positions, accuracy.value]).toEqual([4, 0.25]);
    expect(bits.value).toBeCloseTo(2.5, 12);
    expect(bits.high - bits.value).toBeCloseTo((1.959964 * Math.sqrt(5 / 3)) / 2, 6);
    const apart = difference(one, other);
    expect(apart.bits.value).toBeCloseTo(-1, 12);
    expect(apart.bits.high - apart.bits.low).toBeCloseTo(0, 9);
    expect(apart.accuracy.value).toBe(0.25);
  });
});
