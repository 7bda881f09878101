/** A scripted stand-in for the training worker: the same commands and events, invented numbers, no engine. */
import type { RunConfiguration } from '../contract/configuration.ts';
import type { BackendReport, Command, Event, Problem, RunReport, TextSource } from '../contract/messages.ts';
import type { BlankPrediction, Candidate, Prediction, TokenView } from '../contract/results.ts';
import { fakeCatalog } from './fake-catalog.ts';
import { FakeComparison } from './fake-comparison.ts';
import { fakeSpeed } from './fake-speed.ts';

/** How the stand-in behaves. */
export interface FakeScript {
  readonly backend: BackendReport;
  /** Steps between two batches of points. */
  readonly stepsPerTick: number;
  readonly tickMs: number;
}

export const fakeScript: FakeScript = {
  backend: { kind: 'webgpu', adapter: 'invented adapter', software: false },
  stepsPerTick: 4,
  tickMs: 20,
};

const excerpts: Record<string, string> = {
  verse:
    'Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date.',
  poems: '床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n春眠不觉晓，处处闻啼鸟。',
};

/** A worker in all but the work. */
export class FakeWorker {
  private run: RunReport | undefined;
  private step = 0;
  private keptStep: number | undefined;
  private prompt = '';
  private timer: ReturnType<typeof setInterval> | undefined;
  private comparison: FakeComparison | undefined;
  private isComparing = false;

  constructor(
    private readonly send: (event: Event) => void,
    private readonly script: FakeScript = fakeScript,
  ) {}

  /** Takes a command; answers come later, in order. */
  post(command: Command): void {
    queueMicrotask(() => this.answer(command));
  }

  private answer(command: Command): void {
    if (this.isComparing && this.comparison?.answer(command)) return;
    if (command.type === 'compare') this.compare(command);
    if (command.type === 'leave' || command.type === 'return') {
      this.isComparing = command.type === 'return' && this.comparison !== undefined;
      this.send({ type: 'inView', isComparison: this.isComparing });
    }
    if (command.type === 'open') this.send({ type: 'ready', backend: this.script.backend, catalog: fakeCatalog });
    if (command.type === 'inspect')
      this.send({ type: 'inspected', id: command.source.id, report: { fields: ['body', 'title'], field: 'body' } });
    if (command.type === 'configure') this.configure(command.configuration, textOf(command.text));
    if (command.type === 'openTokenizer') {
      const { id } = command;
      this.send({ type: 'tokenizerOpened', tokenizer: { id, kind: 'byte-pair', vocabulary: 300 } });
    }
    if (command.type === 'saveTokenizer') this.send({ type: 'tokenizerFile', file: '{}' });
    if (command.type === 'cancel') this.send({ type: 'cancelled', what: 'run' });
    if (command.type === 'plan') this.plan(command.configuration);
    if (command.type === 'prompt') this.ask(command.text, command.blanks);
    if (command.type === 'labels') this.label(command);
    if (command.type === 'profile') this.send({ type: 'profiled', report: fakeSpeed });
    if (command.type === 'train') this.train(Number.POSITIVE_INFINITY);
    if (command.type === 'pause') this.stop();
    if (command.type === 'step') this.train(this.step + 1);
    if (command.type === 'reset') this.reset();
    if (command.type === 'undo') this.undo();
    if (command.type === 'generate') this.write(command.text);
    if (command.type === 'save') this.send({ type: 'weights', file: new ArrayBuffer(8) });
    if (command.type === 'load') this.refuseWeights();
  }

  private compare(command: Extract<Command, { type: 'compare' }>): void {
    this.stop();
    const problem = command.configurations.map(problemOf).find((each) => each !== undefined);
    if (problem) {
      this.send({ type: 'uncompared' });
      return this.send({ type: 'problem', problem });
    }
    this.comparison = new FakeComparison(command, this.send, (send) => new FakeWorker(send, this.script));
    this.isComparing = true;
  }

  private plan(next: RunConfiguration): void {
    const problem = problemOf(next);
    if (problem) return this.send({ type: 'problem', problem });
    this.send({ type: 'planned', plan: planOf(next, this.run?.plan.vocabulary ?? 65) });
  }

  private configure(next: RunConfiguration, text: string | undefined): void {
    const problem = problemOf(next);
    if (problem) return this.send({ type: 'problem', problem });
    if (text?.trim() === '') {
      return this.send({ type: 'problem', problem: { where: 'corpus', code: 'corpus-empty', values: {} } });
    }
    clearInterval(this.timer);
    this.isComparing = false;
    this.step = 0;
    this.run = reportOf(next, text);
    this.send({ type: 'prepared', run: this.run });
  }

  private train(until: number): void {
    if (this.keptStep !== undefined) this.send({ type: 'released' });
    this.keptStep = undefined;
    const total = this.run?.configuration.schedule.totalSteps ?? 0;
    this.send({ type: 'status', status: 'training', step: this.step });
    clearInterval(this.timer);
    const tick = () => {
      const end = Math.min(this.step + this.script.stepsPerTick, until, total);
      this.advance(end);
      if (this.step >= total) this.stop('finished');
      else if (this.step >= until) this.stop();
    };
    this.timer = setInterval(tick, this.script.tickMs);
  }

  private stop(status: 'paused' | 'finished' = 'paused'): void {
    clearInterval(this.timer);
    this.send({ type: 'status', status, step: this.step });
  }

  private reset(): void {
    clearInterval(this.timer);
    if (this.step > 0) {
      this.keptStep = this.step;
      this.send({ type: 'kept', step: this.step });
    }
    this.step = 0;
    this.send({ type: 'status', status: 'ready', step: 0 });
    this.predict(this.prompt);
  }

  private undo(): void {
    if (this.keptStep === undefined) return;
    this.step = this.keptStep;
    this.keptStep = undefined;
    this.send({ type: 'restored', step: this.step });
    this.send({ type: 'status', status: 'paused', step: this.step });
    this.predict(this.prompt);
  }

  private advance(end: number): void {
    const from = this.step + 1;
    const points = Array.from({ length: Math.max(0, end - this.step) }, (_, index) => pointAt(from + index));
    this.step = end;
    this.send({ type: 'points', points });
    const evaluates = points.find(({ step }) => isMark(step) || step % 50 === 0);
    if (evaluates) {
      const validationLoss = lossAt(evaluates.step) + 0.05;
      this.send({ type: 'evaluation', evaluation: { step: evaluates.step, validationLoss, accuracy: 0.4 } });
    }
    if (points.some(({ step }) => isMark(step))) {
      this.send({ type: 'sample', sample: sampleAt(this.step, this.prompt), isAnswer: false });
    }
    this.predict(this.prompt);
  }

  private ask(text: string, blanks: readonly number[] | undefined): void {
    if (this.run?.configuration.objective !== 'masked-token') return this.predict(text);
    this.send({ type: 'blanks', prediction: blanksOf(text, blanks ?? [2], this.step) });
  }

  private label({ source, draw }: Extract<Command, { type: 'labels' }>): void {
    const labelled = { source, draw, step: this.step, rows: 1, tokens: [], labels: [], dropped: 0 };
    this.send({ type: 'labels', labelled });
  }

  private predict(text: string): void {
    if (text === '') {
      return this.send({ type: 'problem', problem: { where: 'prompt', code: 'prompt-empty', values: {} } });
    }
    this.prompt = text;
    if (this.step === 0) this.send({ type: 'sample', sample: sampleAt(0, text), isAnswer: false });
    this.send({ type: 'prediction', prediction: predictionOf(text, this.step) });
  }

  private write(text: string): void {
    // As a tokenizer would that changes what it reads.
    this.send({ type: 'sample', sample: sampleAt(this.step, text.toLowerCase()), isAnswer: true });
  }

  private refuseWeights(): void {
    const values = { detail: 'header' };
    this.send({ type: 'problem', problem: { where: 'weights', code: 'weights-corrupt', values } });
  }
}

/** Puts the stand-in where a page will look for `Worker`. */
export function installFakeWorker(script: Partial<FakeScript>): void {
  class StandIn extends EventTarget {
    private readonly fake = new FakeWorker((data) => this.dispatchEvent(new MessageEvent('message', { data })), {
      ...fakeScript,
      ...script,
    });

    postMessage(command: Command): void {
      this.fake.post(command);
    }

    terminate(): void {}
  }
  Object.defineProperty(globalThis, 'Worker', { value: StandIn });
}

const isMark = (step: number) => [1, 3, 10, 30, 100, 300, 1000].includes(step);
const noise = (index: number) => ((Math.imul(index + 1, 2654435761) >>> 8) % 1000) / 1000 - 0.5;
const lossAt = (step: number) => 1.5 + 2.7 * Math.exp(-Math.log10(1 + step) * 0.75);

function pointAt(step: number) {
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

function sampleAt(step: number, prompt: string) {
  const letters =
    step < 10
      ? 'q?Wz3&kE;xR jVHu\n$Lb,PYoX-gM.cT!z\nFvN:QsB aIKd'
      : 'The king is not so\nfair a day, and let\nme speak to thee';
  return { step, prompt, text: letters };
}

function problemOf({ model: { heads, width } }: RunConfiguration): Problem | undefined {
  return width % heads === 0 ? undefined : { where: 'model', code: 'model-heads-width', values: { heads, width } };
}

function planOf(next: RunConfiguration, vocabulary: number) {
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

/** A file's text is not read here: its name will do. */
function textOf(source: TextSource | undefined): string | undefined {
  return typeof source?.content === 'string' ? source.content : source?.name;
}

function reportOf(next: RunConfiguration, text: string | undefined): RunReport {
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

function predictionOf(text: string, step: number): Prediction {
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

function blanksOf(text: string, blanks: readonly number[], step: number): BlankPrediction {
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
