/** A run as an address: every setting by its path behind the #, which browsers never send to a server. */
import * as z from 'zod/mini';
import type { Catalog } from '../../contract/catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { ComparisonPace, Problem } from '../../contract/messages.ts';
import { fieldsOf, isObject, withValue } from './setting-paths.ts';
import { ownCorpus } from './settings.ts';
import type { AppState } from './state.ts';
import { isOwnTokenizer } from './tokenizing.ts';

export interface SharedSettings {
  readonly configuration: RunConfiguration;
  readonly sampling: SamplingConfiguration;
  /** How both objectives are paced side by side; absent where one run is on show. */
  readonly compare?: ComparisonPace;
}

/** What a link came to. */
interface LinkReading {
  readonly settings: SharedSettings;
  /** What in it could not be used. */
  readonly problem?: Problem;
}

/** Choices that a configuration may leave to its family and objective, and the comparison. */
const optionalPaths = ['model.norm', 'model.attention', 'model.positions', 'compare'];

interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole?: boolean;
}

/** Numbers that the catalog has no control for. */
const otherRanges: Readonly<Record<string, Range>> = {
  'sampling.temperature': { minimum: 0, maximum: 10 },
  'sampling.topK': { minimum: 0, maximum: 100_000, whole: true },
  'sampling.topP': { minimum: 0.01, maximum: 1 },
};

/** What the page would share now; undefined before it knows what there is to set. */
export function sharedSettings({ settings, comparison }: AppState): SharedSettings | undefined {
  const { draft: configuration, sampling } = settings;
  return configuration && { configuration, sampling, compare: comparison.isOpen ? comparison.pace : undefined };
}

/** The page's address with a run behind the #; what stood there before goes. */
export function writeLink(address: string, settings: SharedSettings): string {
  const url = new URL(address);
  const parts = leavesOf(settings).map(([path, value]) => `${path}=${encodeURIComponent(value)}`);
  url.hash = parts.join('&');
  return url.href;
}

/** Reads what stands behind the #, against what this page offers; undefined where it is no run.
 *  A value that is missing or can't be used is that of `usual`.
 *  @param hasText true where a text of the user's own is at hand */
export function readLink(
  hash: string,
  catalog: Catalog,
  usual: SharedSettings,
  hasText = false,
): LinkReading | undefined {
  if (!hash.includes('=')) return undefined;
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const known = new Set([...leavesOf(usual).map(([path]) => path), ...optionalPaths]);
  const refused = [...given].filter(([path]) => !known.has(path));
  const isMissing = (path: string, value: string) => isOwn(path, value) && !(hasText && path === 'corpus');
  let settings = usual;
  for (const path of known) {
    const text = given.get(path);
    if (text === null || isMissing(path, text)) continue;
    const value = schemaOf(path, catalog).safeParse(text);
    if (value.success) settings = withLeaf(settings, path, value.data);
    else refused.push([path, text]);
  }
  const { heads, width } = settings.configuration.model;
  if (width % heads !== 0) {
    refused.push(['model.heads', String(heads)], ['model.width', String(width)]);
    settings = { ...settings, configuration: { ...settings.configuration, model: usual.configuration.model } };
  }
  return { settings, problem: problemOf(refused, missingOf(given, isMissing)) };
}

/** True of what never travels: a text of the user's own, and a tokenizer out of a file. */
function isOwn(path: string, value: string): boolean {
  return (path === 'corpus' && value === ownCorpus) || (path === 'tokenizer' && isOwnTokenizer(value));
}

type Missing = 'nothing' | 'text' | 'tokenizer' | 'both';

function missingOf(given: URLSearchParams, isMissing: typeof isOwn): Missing {
  const [text, tokenizer] = ['corpus', 'tokenizer'].map((path) => isMissing(path, given.get(path) ?? ''));
  if (text) return tokenizer ? 'both' : 'text';
  return tokenizer ? 'tokenizer' : 'nothing';
}

function problemOf(refused: readonly (readonly [string, string])[], missing: Missing): Problem | undefined {
  const settings = refused.map(([path, text]) => `${path}=${text.slice(0, 40)}`).join('\n');
  if (missing === 'nothing') return settings ? { where: 'link', code: 'link-values', values: { settings } } : undefined;
  if (settings) return { where: 'link', code: 'link-custom-values', values: { settings, missing } };
  return { where: 'link', code: 'link-custom', values: { missing } };
}

/** What a path may hold: an id of its registry, or a number in its range. */
function schemaOf(path: string, catalog: Catalog): z.ZodMiniType<string | number, string> {
  const ids = idsOf(path, catalog);
  if (ids) return z.string().check(z.refine((id) => ids.includes(id)));
  const { minimum, maximum, whole = false } = rangeOf(path, catalog);
  const inRange = (value: number) => value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  const written = z.string().check(z.regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/i));
  return z.pipe(z.pipe(written, z.transform(Number)), z.number().check(z.refine(inRange)));
}

function idsOf(path: string, catalog: Catalog): readonly string[] | undefined {
  const registries: Readonly<Record<string, readonly { readonly id: string }[]>> = {
    corpus: [...catalog.corpora.filter(({ available }) => available), { id: ownCorpus }],
    tokenizer: catalog.tokenizers,
    objective: catalog.objectives,
    'model.family': catalog.families,
    'schedule.kind': catalog.schedules,
    'training.activations': catalog.activations,
    'training.precision': catalog.precisions,
    'masking.unit': catalog.maskingUnits,
    compare: [{ id: 'steps' }, { id: 'compute' }],
    'model.norm': catalog.norms,
    'model.attention': catalog.attentions,
    'model.positions': catalog.positions,
  };
  return registries[path]?.map(({ id }) => id);
}

function rangeOf(path: string, catalog: Catalog): Range {
  const field = fieldsOf(catalog).find((each) => each.path === path);
  if (field) return { ...field, whole: Number.isInteger(field.step) };
  return otherRanges[path] ?? { minimum: 0, maximum: Number.MAX_VALUE };
}

/** Every setting with its path; those of the run without a first word, as in the catalog. */
function leavesOf({ configuration, sampling, compare }: SharedSettings): [string, string][] {
  return [...flatten(configuration, ''), ...flatten(sampling, 'sampling.'), ...flatten(compare ? { compare } : {}, '')];
}

function flatten(part: object, prefix: string): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] =>
    isObject(value) ? flatten(value, `${prefix}${key}.`) : [[`${prefix}${key}`, String(value)]],
  );
}

function withLeaf(settings: SharedSettings, path: string, value: string | number): SharedSettings {
  const isOfRun = path !== 'compare' && !path.startsWith('sampling.');
  return withValue(settings, isOfRun ? `configuration.${path}` : path, value);
}
