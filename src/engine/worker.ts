/** The training worker: opens a backend, and passes commands in and events out. */
import type { BackendReport, Command, Event } from '../contract/messages.ts';
import { CpuBackend } from './cpu/cpu-backend.ts';
import { WasmEngine } from './cpu/wasm-engine.ts';
import { openDevice } from './gpu/device.ts';
import { GpuBackend } from './gpu/gpu-backend.ts';
import { indexedPicks } from './gpu/indexed-picks.ts';
import { endlessPatience, watchdogPatience } from './gpu/parts.ts';
import { tuningBudgetMs } from './gpu/tuner.ts';
import type { OpenedBackend } from './training/backend-choice.ts';
import { Studio, type Surroundings } from './training/studio.ts';

/** The corpora lie beside the page, whose address comes with the first command. */
let pageUrl = self.location.href;

async function readCorpusFile(name: string): Promise<string | undefined> {
  const response = await fetch(new URL(`corpora/${name}`, pageUrl)).catch(() => undefined);
  const isPage = response?.headers.get('content-type')?.includes('text/html');
  return response?.ok && !isPage ? response.text() : undefined;
}

/** WebAssembly where the browser has it and the page's policy lets it; plain JavaScript elsewhere. */
async function openCpu(fallbackReason: BackendReport['fallbackReason']): Promise<OpenedBackend> {
  const wasm = await WasmEngine.open().catch(() => undefined);
  const report = { kind: 'cpu', adapter: '', software: true, fallbackReason, threads: wasm?.threadCount } as const;
  return { backend: new CpuBackend('f32', wasm), report };
}

const openBackend: Surroundings['openBackend'] = async (choice) => {
  if (choice === 'cpu') return openCpu('chosen');
  const opened = await openDevice(navigator.gpu);
  if (typeof opened === 'string') return openCpu(opened);
  const { device, adapter, software } = opened;
  const tuning = { adapter, store: indexedPicks(), budgetMs: tuningBudgetMs };
  const patience = software ? endlessPatience : watchdogPatience;
  return { backend: new GpuBackend(device, tuning, patience), report: { kind: 'webgpu', adapter, software } };
};

/** Buffers change hands instead of being copied. */
function emit(event: Event): void {
  self.postMessage(event, { transfer: event.type === 'weights' ? [event.file] : [] });
}

const studio = new Studio({ openBackend, readCorpusFile, emit });

self.onmessage = ({ data }: MessageEvent<Command>) => {
  if (data.type === 'open') pageUrl = data.pageUrl;
  void studio.handle(data);
};
