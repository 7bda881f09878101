/** Compiles wasm/ (AssemblyScript) in the variants a browser may run, and serves them to Vite as modules. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc, { version } from 'assemblyscript/asc';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'wasm');
const cache = join(root, '.cache', 'wasm');
const prefix = 'virtual:wasm-kernels/';

/** Codes of warnings that don't concern 32-bit modules which exchange no vectors with JavaScript. */
const warnings = ['--disableWarning', '201', '--disableWarning', '112'];
/** The first kilobyte holds the control words of the threads. */
const memory = ['--importMemory', '--initialMemory', '1', '--maximumMemory', '32768', '--memoryBase', '1024'];
const common = ['--runtime', 'stub', '-O3', '--noAssert', ...memory, ...warnings, '--enable', 'simd'];
const relaxed = ['--enable', 'relaxed-simd'];
const shared = ['--enable', 'threads', '--sharedMemory'];

const variants = {
  simd: common,
  'simd-threads': [...common, ...shared],
  relaxed: [...common, ...relaxed],
  'relaxed-threads': [...common, ...relaxed, ...shared],
};

function sourceFiles() {
  return readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(sources, name));
}

/** Bytes of a variant, from the cache where the sources are unchanged. @throws with the compiler's messages */
async function compileVariant(variant) {
  const options = variants[variant];
  const hash = createHash('sha256').update(JSON.stringify([version, options]));
  for (const file of sourceFiles()) hash.update(readFileSync(file));
  const cached = join(cache, `${variant}-${hash.digest('hex').slice(0, 16)}.wasm`);
  if (existsSync(cached)) return readFileSync(cached);
  mkdirSync(cache, { recursive: true });
  const output = `${cached}.${process.pid}`;
  const { error, stderr } = await asc.main(['wasm/index.ts', '--baseDir', root, '--outFile', output, ...options], {
    writeFile: (name, contents) => writeFileSync(name, contents),
  });
  if (error) throw new Error(`wasm/ (${variant}) does not compile: ${error.message}\n${stderr}`);
  renameSync(output, cached);
  return readFileSync(cached);
}

/** Vite plugin: `virtual:wasm-kernels/VARIANT` exports a variant's bytes in base64. */
export function wasmKernels() {
  return {
    name: 'wasm-kernels',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      for (const file of sourceFiles()) this.addWatchFile(file);
      const bytes = await compileVariant(id.slice(prefix.length + 1));
      return `export default ${JSON.stringify(bytes.toString('base64'))};`;
    },
  };
}
