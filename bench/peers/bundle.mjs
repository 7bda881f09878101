/** Bundles the competitors, for Node and for a page's worker. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/setup.mjs';
import { wasmKernels } from '../../scripts/wasm.mjs';

const folder = join(root, 'bench', 'peers');
const common = { root, base: './', configFile: false, logLevel: 'error', publicDir: false };

/** One file for Node, which `webgpu` alone is not part of. */
export async function bundleForNode(outDir) {
  await build({
    ...common,
    plugins: [wasmKernels()],
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: join(folder, 'node-competitor.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { external: ['webgpu'], output: { entryFileNames: 'competitor.mjs' } },
    },
  });
}

/** A page, its worker, and the WebAssembly that TensorFlow.js fetches. */
export async function bundleForPage(outDir) {
  await build({
    ...common,
    root: folder,
    worker: { format: 'es', plugins: () => [wasmKernels()] },
    // TensorFlow.js starts its threads from the text of a function, which minifying breaks.
    build: { outDir, emptyOutDir: true, target: 'es2023', minify: false, chunkSizeWarningLimit: 4096 },
  });
  const wasm = join(folder, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'wasm-out');
  const own = join(outDir, 'tfjs');
  mkdirSync(own);
  for (const name of readdirSync(wasm).filter((each) => each.endsWith('.wasm')))
    cpSync(join(wasm, name), join(own, name));
}
