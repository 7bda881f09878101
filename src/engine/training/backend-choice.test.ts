/** The choice between a software adapter and the CPU goes by measured steps, and by nothing else. */
import { describe, expect, it } from 'vitest';
import type { BackendChoice, BackendReport } from '../../contract/messages.ts';
import { chooseBackend } from './backend-choice.ts';

interface Stub {
  readonly kind: BackendReport['kind'];
  destroyed: boolean;
  destroy(): void;
}

/** Chooses between an adapter and a CPU that take the given times; says who was measured and who is left. */
async function choose(
  choice: BackendChoice,
  software: boolean,
  stepMs: { webgpu: number | Error | Promise<number>; cpu: number },
) {
  const opened: Stub[] = [];
  const measured: string[] = [];
  const open = async (asked: BackendChoice) => {
    const kind = asked === 'cpu' ? 'cpu' : 'webgpu';
    const stub: Stub = {
      kind,
      destroyed: false,
      destroy() {
        this.destroyed = true;
      },
    };
    opened.push(stub);
    const report: BackendReport = { kind, adapter: kind, software: kind === 'cpu' || software };
    return { backend: stub, report };
  };
  const measure = async ({ kind }: Stub) => {
    measured.push(kind);
    const time = stepMs[kind];
    if (time instanceof Error) throw time;
    return time;
  };
  const { report, backend } = await chooseBackend(choice, open, measure, 50);
  const left = opened.filter((each) => !each.destroyed);
  expect(left).toEqual([backend]);
  return { report, measured };
}

describe('with a software adapter', () => {
  it('the CPU is taken where its step is faster, and the report says so', async () => {
    const { report } = await choose('auto', true, { webgpu: 90, cpu: 12 });
    expect(report).toMatchObject({
      kind: 'cpu',
      fallbackReason: 'slower',
      measured: { webgpuStepMs: 90, cpuStepMs: 12 },
    });
  });

  it('the adapter is taken where its step is faster', async () => {
    const { report } = await choose('auto', true, { webgpu: 8, cpu: 12 });
    expect(report).toMatchObject({ kind: 'webgpu', measured: { webgpuStepMs: 8, cpuStepMs: 12 } });
    expect(report.fallbackReason).toBeUndefined();
  });

  it('the CPU is taken where the adapter fails', async () => {
    const { report } = await choose('auto', true, { webgpu: new Error('does not compile'), cpu: 12 });
    expect(report.kind).toBe('cpu');
  });

  it('the CPU is taken where the adapter keeps everybody waiting', async () => {
    const { report } = await choose('auto', true, { webgpu: new Promise(() => {}), cpu: 12 });
    expect(report).toMatchObject({ kind: 'cpu', measured: { webgpuStepMs: Number.POSITIVE_INFINITY, cpuStepMs: 12 } });
  });

  it('what was asked for is not questioned', async () => {
    expect(await choose('webgpu', true, { webgpu: 90, cpu: 12 })).toMatchObject({
      report: { kind: 'webgpu' },
      measured: [],
    });
    expect(await choose('cpu', true, { webgpu: 9, cpu: 12 })).toMatchObject({ report: { kind: 'cpu' }, measured: [] });
  });
});

it('with a hardware adapter no time is spent on the CPU', async () => {
  expect(await choose('auto', false, { webgpu: 90, cpu: 12 })).toMatchObject({
    report: { kind: 'webgpu' },
    measured: [],
  });
});
