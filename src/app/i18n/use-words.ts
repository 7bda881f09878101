/** Messages, numbers and catalog labels in the language of the page, for components. */
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../../contract/catalog.ts';
import * as format from '../format.ts';
import { useApp } from '../store/use-app.ts';
import { type Language, localeOf } from './index.ts';

/** What the tokens of a tokenizer are called. */
export type Noun = 'characters' | 'bytes' | 'tokens';

export interface Words {
  readonly t: TFunction;
  readonly language: Language;
  readonly locale: string;
  /** A catalog label in the language of the page. */
  label(text: LocalizedText): string;
  number(value: number, digits?: number): string;
  fixed(value: number, digits?: number): string;
  significant(value: number, digits?: number): string;
  compact(value: number): string;
  percent(share: number): string;
  bytes(value: number): string;
  duration(seconds: number): string;
  /** What stands between two sentences: Chinese needs no space. */
  readonly gap: string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'zh' ? 'zh' : 'en';
  return useMemo(() => {
    const locale = localeOf(language);
    return {
      t,
      language,
      locale,
      label: (text) => text[language],
      number: (value, digits) => format.formatNumber(value, locale, digits),
      fixed: (value, digits) => format.formatFixed(value, locale, digits),
      significant: (value, digits) => format.formatSignificant(value, locale, digits),
      compact: (value) => format.formatCompact(value, locale),
      percent: (share) => format.formatPercent(share, locale),
      bytes: (value) => format.formatBytes(value, locale),
      duration: (seconds) => format.formatDuration(seconds, locale),
      gap: language === 'zh' ? '' : ' ',
    };
  }, [t, language]);
}

/** What the tokens of the present run are called. */
export function useNoun(): Noun {
  const tokenizer = useApp((state) => state.session.run?.configuration.tokenizer);
  return nounOf(tokenizer);
}

export function nounOf(tokenizer: string | undefined): Noun {
  return tokenizer === 'characters' || tokenizer === 'bytes' ? tokenizer : 'tokens';
}

/** 'Characters', for message keys that end in the noun. */
export function capitalized<Name extends Noun>(noun: Name): Capitalize<Name> {
  return `${noun[0].toUpperCase()}${noun.slice(1)}` as Capitalize<Name>;
}
