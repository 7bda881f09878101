/** What is measured where: the page's own choice of backend in each place, and every one of a peer's that may be it. */
import type { ConfigurationName } from '../configurations.ts';
import { chromiumPlace } from './chromium-place.ts';
import type { Competitor } from './library.ts';
import { nodePlace } from './node-place.ts';
import type { Place } from './place.ts';

export interface Bundles {
  /** A file. */
  readonly node: string;
  /** A folder. */
  readonly page: string;
}

export interface Setting {
  readonly name: 'node' | 'chromium' | 'threads' | 'one-thread';
  readonly title: string;
  /** Steps of a round, by configuration: few where a peer takes many seconds for one. */
  readonly steps: Readonly<Partial<Record<ConfigurationName, number>>>;
  /** Ours comes first. */
  readonly competitors: readonly Competitor[];
  open(bundles: Bundles): Promise<Place>;
}

const onGpu: readonly Competitor[] = [
  { library: 'ours', backend: 'webgpu' },
  { library: 'jax-js', backend: 'webgpu' },
  { library: 'tfjs', backend: 'webgpu' },
];
const onCpu: readonly Competitor[] = [
  { library: 'ours', backend: 'wasm' },
  { library: 'jax-js', backend: 'wasm' },
  { library: 'tfjs', backend: 'wasm' },
  { library: 'tfjs', backend: 'cpu' },
];

export const settings: readonly Setting[] = [
  {
    name: 'node',
    title: 'WebGPU in Node',
    steps: { S: 3, M: 2 },
    competitors: onGpu,
    open: async ({ node }) => nodePlace(node),
  },
  {
    name: 'chromium',
    title: 'WebGPU in Chromium',
    steps: { S: 1 },
    competitors: onGpu,
    open: ({ page }) => chromiumPlace(page, { webgpu: true, isolated: true }),
  },
  {
    name: 'threads',
    title: 'Chromium without WebGPU, isolated',
    steps: { S: 2 },
    competitors: onCpu,
    open: ({ page }) => chromiumPlace(page, { webgpu: false, isolated: true }),
  },
  {
    name: 'one-thread',
    title: 'Chromium without WebGPU, not isolated',
    steps: { S: 2 },
    competitors: onCpu,
    open: ({ page }) => chromiumPlace(page, { webgpu: false, isolated: false }),
  },
];
