/** Languages of the page: which one it speaks, how it is chosen, and the typed `t`. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { inStorage } from '../storage.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Language = 'en' | 'zh';

const storageKey = 'pretraining-playground.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The language asked for by the address, an earlier choice, or the browser, in this order. */
export function preferredLanguage(
  address: string,
  stored: string | null,
  browserLanguages: readonly string[],
): Language {
  for (const tag of [new URLSearchParams(address).get('lang'), stored, ...browserLanguages]) {
    const primary = tag?.toLowerCase().split('-')[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}

/** Locale for numbers and for <html lang>. */
export function localeOf(language: string): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** Starts i18next in the preferred language. */
export function startLanguages(): void {
  const kept = inStorage('localStorage', (storage) => storage.getItem(storageKey)) ?? null;
  const language = preferredLanguage(location.search, kept, navigator.languages);
  i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, zh: { translation: zh } },
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false, transKeepBasicHtmlNodesFor: [] },
  });
  applyToDocument(language);
  i18next.on('languageChanged', (next) => applyToDocument(next));
}

/** Switches the language and remembers it; an address that names one is brought along. */
export function chooseLanguage(language: Language): void {
  inStorage('localStorage', (storage) => storage.setItem(storageKey, language));
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.set('lang', language);
    history.replaceState(null, '', address);
  }
  i18next.changeLanguage(language);
}

function applyToDocument(language: string): void {
  document.documentElement.lang = localeOf(language);
  document.title = i18next.t('product');
}
