/** What the scripted worker invents: losses that fall, predictions that sharpen, and the reports around them. */
import type { RunConfiguration } from '../contract/configuration.ts';
import type { RunReport } from '../contract/messages.ts';
import type { BlankPrediction, Candidate, Prediction, TokenView } from '../contract/results.ts';

const excerpts: Record<string, string> = {
  verse:
    'Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date.',
  poems: '床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n春眠不觉晓，处处闻啼鸟。',
};

export const isMark = (step: number) => [1, 3, 10, 30, 100, 300, 1000].includes(step);
const noise = (index: number) => ((Math.imul(index + 1, 2654435761) >>> 8) % 1000) / 1000 - 0.5;
export const lossAt = (step: number) => 1.5 + 2.7 * Math.exp(-Math.log10(1 + step) * 0.75);

export function pointAt(step: number) {
  return {
    step,
    tokens: step * 6144,
    trainLoss: lossAt(step) + noise(step) * 0.12,
    accuracy: 0.45 * (1 - Math.exp(-step / 300)) + noise(step) * 0.01,
    gradientNorm: 0.4 + 2 * Math.exp(-step / 40) + noise(step) * 0.2,
    learningRate: 0.003 * Math.min(1, step / 100) * (0.55 + 0.45 * Math.cos((Math.PI * step) / 2000)),
    tokensPerSecond: 212_000 + noise(step) * 20_000,
  };
}

export function sampleAt(step: number, prompt: string) {
  const letters =
    step < 10
      ? 'q?Wz3&kE;xR jVHu\n$Lb,PYoX-gM.cT!z\nFvN:QsB aIKd'
      : 'The king is not so\nfair a day, and let\nme speak to thee';
  return { step, prompt, text: letters };
}

export function planOf(next: RunConfiguration, vocabulary: number) {
  const { layers, width, context } = next.model;
  const parameters = (vocabulary + context) * width + layers * (12 * width * width + 13 * width) + 2 * width;
  return {
    configuration: next,
    vocabulary,
    parameters,
    bytes: parameters * 50,
    activationBytes: parameters * 34,
    stepMs: 29,
    warnings: [],
  };
}

export function reportOf(next: RunConfiguration, text: string | undefined): RunReport {
  const excerpt = text ?? excerpts[next.corpus] ?? '';
  const vocabulary = next.corpus === 'poems' ? 5120 : 65;
  const uniform = Math.log(vocabulary);
  return {
    configuration: next,
    plan: planOf(next, vocabulary),
    dispatches: 15 * next.model.layers + 10,
    modelFlops: 6 * planOf(next, vocabulary).parameters * 6144,
    corpus: {
      characters: 1_115_394,
      bytes: 1_115_394,
      excerpt: excerpt.slice(0, 300),
      tokens: 1_115_394,
      trainingTokens: 1_003_854,
      validationTokens: 111_540,
      baselines: { uniform, unigram: uniform * 0.793, bigram: uniform * 0.587 },
    },
  };
}

export function predictionOf(text: string, step: number): Prediction {
  const tokens = [...text].map((character, index): TokenView => ({ id: index, text: character, kind: 'text' }));
  const learned = Math.min(1, Math.log10(1 + step) / 3.2);
  const shareOf = (index: number) => 0.015 + learned * (0.15 + 0.8 * (noise(index * 7) + 0.5));
  const candidates = [...tokens, tokens[0]].map((token, index): Candidate[] => {
    if (index === 0) return [];
    const best = shareOf(index) * 0.92;
    const rest = Array.from({ length: 7 }, (_, rank) => ({
      token: { id: 1000 + rank, text: 'nstldxq'[rank], kind: 'text' as const },
      probability: (1 - best) * 0.42 * 0.5 ** rank * (0.1 + learned),
    }));
    return [{ token, probability: best }, ...rest].sort((one, other) => other.probability - one.probability);
  });
  const given = tokens.map((_, index) => (index === 0 ? null : shareOf(index) * 0.92));
  return { step, tokens, given, candidates, dropped: 0 };
}

export function blanksOf(text: string, blanks: readonly number[], step: number): BlankPrediction {
  const { tokens, candidates } = predictionOf(text, step);
  const mask: TokenView = { id: 65, text: '[MASK]', kind: 'special' };
  return {
    step,
    tokens: tokens.map((token, position) => (blanks.includes(position) ? mask : token)),
    blanks: blanks.map((position) => ({
      position,
      truth: { token: tokens[position], probability: Math.min(1, 0.1 + step / 100) },
      candidates: candidates[position + 1],
    })),
    dropped: 0,
  };
}
