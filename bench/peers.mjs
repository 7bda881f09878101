/** Compares this project with its peers: installs them where they are missing, bundles every competitor, measures. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, run } from '../scripts/setup.mjs';
import { bundleForNode, bundleForPage } from './peers/bundle.mjs';

const folder = join(root, 'bench', 'peers');
const install = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
if (!existsSync(join(folder, 'node_modules')) && !run('npm', install)) giveUp('The peers could not be installed.');

// Beside the bundle of main.ts, which run.mjs makes.
const outDir = join(root, 'node_modules', '.cache', 'bench', 'peers');
await bundleForNode(join(outDir, 'node'));
await bundleForPage(join(outDir, 'page'));
const script = [join(root, 'bench', 'run.mjs'), 'bench/peers/main.ts', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, script, { stdio: 'inherit' }).status ?? 1);
