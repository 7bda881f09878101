/** Lighthouse on the built page, on a phone and on a desk: prints the scores as JSON, and what costs points to stderr. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { preview } from 'vite';
import { findChromium } from '../scripts/environment.mjs';
import { root, run } from '../scripts/setup.mjs';

const folder = join(root, 'bench', 'lighthouse');
if (!existsSync(join(folder, 'node_modules'))) run('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund']);
if (!existsSync(join(root, 'dist', 'index.html'))) run('npm', ['run', '--silent', 'build']);

const port = Number(process.env.PORT ?? 4174);
const server = await preview({ root, preview: { port, strictPort: true, host: 'localhost' }, logLevel: 'warn' });
const chrome = findChromium();
if (!chrome) throw new Error('No Chromium found. Install one, or set CHROMIUM_PATH to its executable.');

/** One run in a process of its own, so that nothing is warm. */
async function measure(preset) {
  const flags = '--headless=new --no-sandbox --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader';
  const options = [`http://localhost:${port}/?lang=en`, '--quiet', '--output=json', `--chrome-flags=${flags}`];
  if (preset === 'desktop') options.push('--preset=desktop');
  const cli = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const child = spawn(process.execPath, [cli, ...options], { env: { ...process.env, CHROME_PATH: chrome } });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.pipe(process.stderr);
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`lighthouse ended with ${code}`);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function summary({ categories, audits }) {
  const named = ['performance', 'accessibility', 'best-practices'];
  const scores = Object.fromEntries(named.map((name) => [name, Math.round(100 * categories[name].score)]));
  const metrics = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  const values = Object.fromEntries(metrics.map((name) => [name, Number(audits[name].numericValue.toFixed(3))]));
  const costing = named.flatMap((name) =>
    categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
      .map(({ id }) => `${id}: ${audits[id].displayValue ?? audits[id].title}`),
  );
  return { ...scores, ...values, costing };
}

const results = {};
for (const preset of ['mobile', 'desktop']) results[preset] = summary(await measure(preset));
await server.close();
const version = execFileSync(chrome, ['--version'], { encoding: 'utf8' }).trim();
process.stdout.write(`${JSON.stringify({ chrome: version, ...results }, null, 2)}\n`);
