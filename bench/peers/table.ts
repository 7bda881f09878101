/** The results as the Markdown table of the README. */
import type { LibraryName } from './library.ts';
import type { Result } from './result.ts';

export interface Line {
  readonly title: string;
  readonly configuration: string;
  /** Empty without WebGPU. */
  readonly adapter: string;
  readonly results: readonly Result[];
}

const names: Readonly<Record<LibraryName, string>> = {
  ours: 'this project',
  'jax-js': 'jax-js',
  tfjs: 'TensorFlow.js',
};

const columns = ['where', 'size', 'library', 'tokens/s', 'ours to it', 'dispatches, submits a step', 'GPU memory'];
const none = '—';

function cellsOf(result: Result): string[] {
  const { library, backend, version, tokensPerSecond, ratio, dispatchesPerStep, submitsPerStep, peakGpuBytes } = result;
  const compared = ratio === undefined ? none : `${ratio.toFixed(1)} ×`;
  return [
    [names[library], version, backend].filter(Boolean).join(' '),
    tokensPerSecond === undefined ? none : Math.round(tokensPerSecond).toLocaleString('en'),
    result.error ?? compared,
    dispatchesPerStep === undefined ? none : `${Math.round(dispatchesPerStep)}, ${Math.round(submitsPerStep ?? 0)}`,
    peakGpuBytes === undefined ? none : `${Math.round(peakGpuBytes / 1e6)} MB`,
  ];
}

function rowsOf({ title, configuration, adapter, results }: Line): string[][] {
  const where = adapter ? `${title}: ${adapter}` : title;
  return results.map((result, i) => [...(i === 0 ? [where, configuration] : ['', '']), ...cellsOf(result)]);
}

export function markdownTable(lines: readonly Line[]): string {
  const rows = [columns, columns.map((_, i) => (i < 3 ? '---' : '--:')), ...lines.flatMap(rowsOf)];
  return rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
