/** Bundles a benchmark into one module, and runs it in Node. */
import { spawnSync } from 'node:child_process';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { nodeFlags, vulkanEnvironment } from '../scripts/environment.mjs';
import { wasmKernels } from '../scripts/wasm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...options] = process.argv.slice(2);
if (!entry) {
  process.stderr.write('usage: node bench/run.mjs ENTRY.ts [OPTIONS]\n');
  process.exit(2);
}
/** What stays in node_modules: binaries, and what bundles and browses itself. */
const external = ['webgpu', 'playwright', 'vite'];
const outDir = join(root, 'node_modules', '.cache', 'bench');
const fileName = `${basename(entry, '.ts')}.mjs`;
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  plugins: [wasmKernels()],
  ssr: { noExternal: true, external },
  build: {
    ssr: resolve(root, entry),
    outDir,
    emptyOutDir: false,
    target: 'node20',
    // One file, which can be carried to another machine.
    rollupOptions: { external, output: { entryFileNames: fileName, codeSplitting: false } },
  },
});
const { status } = spawnSync(process.execPath, [...nodeFlags(), join(outDir, fileName), ...options], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
  env: { ...process.env, ...vulkanEnvironment() },
});
process.exit(status ?? 1);
