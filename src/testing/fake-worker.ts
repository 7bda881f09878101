/** A scripted stand-in for the training worker: the same commands and events, invented numbers, no engine. */
import type { RunConfiguration } from '../contract/configuration.ts';
import type { BackendReport, Command, Event, Problem, RunReport, TextSource } from '../contract/messages.ts';
import { fakeCatalog } from './fake-catalog.ts';
import { FakeComparison } from './fake-comparison.ts';
import { blanksOf, isMark, lossAt, planOf, pointAt, predictionOf, reportOf, sampleAt } from './fake-results.ts';
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

function problemOf({ model: { heads, width } }: RunConfiguration): Problem | undefined {
  return width % heads === 0 ? undefined : { where: 'model', code: 'model-heads-width', values: { heads, width } };
}

/** A file's text is not read here: its name will do. */
function textOf(source: TextSource | undefined): string | undefined {
  return typeof source?.content === 'string' ? source.content : source?.name;
}
