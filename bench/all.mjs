/** Runs the benchmarks one after the other; each prints JSON lines. `npm run bench -- --only step,peers` chooses. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { giveUp, root } from '../scripts/setup.mjs';

const bundled = (name, ...options) => ['bench/run.mjs', `bench/${name}.ts`, ...options];
const step = (size) => bundled('step', '--size', size, '--steps', '12');

/** Commands of each suite, in the order in which they run. */
const suites = {
  kernels: [bundled('kernels')],
  tuner: [bundled('tuner')],
  step: ['S', 'M', 'software-default', 'gpu-default'].map(step),
  capacity: [bundled('capacity')],
  peers: [['bench/peers.mjs']],
};

const names = Object.keys(suites);
const { values } = parseArgs({ options: { only: { type: 'string', default: names.join() } } });
const chosen = values.only.split(',');
if (chosen.some((name) => !names.includes(name))) giveUp(`usage: npm run bench -- [--only ${names.join()}]`);

let failed = 0;
for (const name of names.filter((each) => chosen.includes(each))) {
  process.stderr.write(`— ${name}\n`);
  for (const [script, ...options] of suites[name]) {
    const { status } = spawnSync(process.execPath, [join(root, script), ...options], { cwd: root, stdio: 'inherit' });
    if (status !== 0) failed += 1;
  }
}
process.exit(failed > 0 ? 1 : 0);
