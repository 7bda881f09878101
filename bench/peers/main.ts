/** Trains the same model on the same batches with this project and its peers, in turns, and compares their speed.
 *  One JSON line per setting and configuration, then the Markdown table. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configurationNames, sizes } from '../configurations.ts';
import { runMain } from '../run-main.ts';
import { compete } from './compete.ts';
import { results } from './result.ts';
import { type Setting, settings } from './settings.ts';
import { type Line, markdownTable } from './table.ts';

const usage = `usage: npm run bench:peers -- [--only ${settings.map(({ name }) => name).join(',')}] [--sizes S,M] [--rounds 3]`;

const bundles = {
  node: fileURLToPath(new URL('./peers/node/competitor.mjs', import.meta.url)),
  page: fileURLToPath(new URL('./peers/page', import.meta.url)),
};

interface Options {
  readonly chosen: readonly Setting[];
  readonly sizes: readonly string[];
  readonly rounds: number;
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { only: text, sizes: text, rounds: text } });
  const only = values.only?.split(',') ?? settings.map(({ name }) => name);
  const chosen = settings.filter(({ name }) => only.includes(name));
  const rounds = Number(values.rounds ?? 3);
  if (chosen.length < only.length || !Number.isSafeInteger(rounds) || rounds < 1) throw new Error(usage);
  return { chosen, sizes: values.sizes?.split(',') ?? [], rounds };
}

async function measure(setting: Setting, { sizes: wanted, rounds }: Options): Promise<Line[]> {
  const lines: Line[] = [];
  const place = await setting.open(bundles);
  for (const configuration of configurationNames(wanted)) {
    const steps = setting.steps[configuration];
    if (steps === undefined) continue;
    const runs = await compete(place, setting, configuration, { steps, rounds });
    const { adapter: name = '', software } = runs.find(({ opened }) => opened?.adapter)?.opened ?? {};
    const adapter = software ? `${name} (software)` : name;
    const { batch, context } = sizes[configuration];
    const line = {
      ...{ suite: 'peers', setting: setting.name, title: setting.title, host: place.host, adapter, configuration },
      ...{ software, date: new Date().toISOString().slice(0, 10), rounds, steps },
      results: results(runs, batch * context),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    lines.push(line);
  }
  await place.close();
  return lines;
}

async function main(): Promise<void> {
  const options = readOptions();
  const lines: Line[] = [];
  for (const setting of options.chosen) lines.push(...(await measure(setting, options)));
  process.stdout.write(`\n${markdownTable(lines)}\n`);
}

runMain(main);
