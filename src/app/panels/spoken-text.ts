/** The text of a token for those who hear the page. */
import type { Words } from '../i18n/use-words.ts';

export function spokenText(text: string, { t }: Pick<Words, 't'>): string {
  const names: Readonly<Record<string, string>> = { ' ': t('prompt.space'), '\n': t('prompt.newline') };
  return names[text] ?? text;
}
