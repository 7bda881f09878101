/** A problem in the reader's words: what happened, what was kept, what to do next. */
import type { TFunction } from 'i18next';
import type { Catalog } from '../contract/catalog.ts';
import type { Problem } from '../contract/messages.ts';
import { formatBytes, formatExact } from './format.ts';
import { en } from './i18n/en.ts';
import { localeOf } from './i18n/index.ts';
import { fieldsOf } from './store/setting-paths.ts';

type ProblemKey = keyof typeof en.problems;

/** The message of a problem in a language. */
export function problemText(problem: Problem, catalog: Catalog | undefined, t: TFunction, language: string): string {
  if (!isKnown(problem.code)) return t('problems.unknown', { code: problem.code });
  const values = problemValues(problem, catalog, language);
  const missing = missingThings.find((name) => name === problem.values.missing);
  return t(`problems.${problem.code}`, { replace: missing ? { ...values, missing: t(`missing.${missing}`) } : values });
}

function isKnown(code: string): code is ProblemKey {
  return Object.hasOwn(en.problems, code);
}

/** What a link can't carry. */
const missingThings = ['text', 'tokenizer', 'both'] as const;

const byteValues = new Set(['bytes', 'limit']);

/** Values as the message shows them: counts and bytes by locale, settings by their label. */
function problemValues(problem: Problem, catalog: Catalog | undefined, language: string): Record<string, string> {
  const locale = localeOf(language);
  const shown = Object.entries(problem.values).map(([name, value]): [string, string] => {
    if (name === 'settings') return [name, settingsList(String(value), catalog, language)];
    if (name === 'setting') return [name, settingLabel(String(value), catalog, language)];
    if (typeof value !== 'number') return [name, value];
    return [name, byteValues.has(name) ? formatBytes(value, locale) : formatExact(value, locale)];
  });
  return Object.fromEntries(shown);
}

/** Settings as a link has them, one 'path=value' a line, each by its label where it has one. */
function settingsList(lines: string, catalog: Catalog | undefined, language: string): string {
  const isChinese = language === 'zh';
  const named = lines.split('\n').map((line) => {
    const path = line.slice(0, line.indexOf('='));
    const label = settingLabel(path, catalog, language);
    const value = line.slice(path.length + 1);
    return isChinese ? `${label}「${value}」` : `${label} “${value}”`;
  });
  return named.join(isChinese ? '、' : ', ');
}

function settingLabel(path: string, catalog: Catalog | undefined, language: string): string {
  const label = catalog && fieldsOf(catalog).find((field) => field.path === path)?.label;
  return label ? label[language === 'zh' ? 'zh' : 'en'] : path;
}
