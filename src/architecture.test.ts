/** The import table that ARCHITECTURE.md prints is the rule: every import is in it, and nothing in it is unused. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** A row of the table: | `folder or file` | `what`, `it imports` | */
const rowPattern = /^\| `(src[^`]*|shaders)` \| ([^|]*) \|/gm;
/** `from '…'`, `import '…'`, `import('…')`, `new URL('…', import.meta.url)`, relative ones. */
const importPattern = /(?:from|import|import\(|new URL\()\s*'(\.[^'?]+)/g;

const table = new Map<string, string[]>();
for (const [, room, imports] of readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(rowPattern)) {
  table.set(
    room,
    [...imports.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
}
const rooms = [...table.keys()];

/** The row a file belongs to: the one with the longest name that holds it. */
function roomOf(path: string): string {
  const holding = rooms.filter((room) => path === room || path.startsWith(`${room}/`));
  return holding.sort((a, b) => b.length - a.length)[0] ?? `no row for ${path}`;
}

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].map(([, target]) => {
    const path = relative(root, join(root, dirname(file), target)).replaceAll('\\', '/');
    return { file, from: roomOf(file), to: roomOf(path) };
  });
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith('src/testing/'));
const imports = sources.flatMap(importsOf).filter(({ from, to }) => from !== to);

describe('the import table', () => {
  it('has a row for every source file', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => roomOf(file).startsWith('no row'))).toEqual([]);
  });

  it('allows every import', () => {
    const wrong = imports.filter(({ from, to }) => !table.get(from)?.includes(to));
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('allows nothing that no file needs', () => {
    const used = new Set(imports.map(({ from, to }) => `${from} → ${to}`));
    const allowed = [...table].flatMap(([from, list]) => list.map((to) => `${from} → ${to}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  it('points upwards only: a row imports none below it', () => {
    const late = [...table].flatMap(([from, list]) =>
      list.filter((to) => rooms.indexOf(to) >= rooms.indexOf(from)).map((to) => `${from} → ${to}`),
    );
    expect(late).toEqual([]);
  });
});
