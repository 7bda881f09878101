/** What is said of a sentence with blanks: its tiles, what the model reads of it, and the candidates for a blank. */
import type { BlankWords } from '../drawings/BlankFigure.tsx';
import { tileText } from '../drawings/shade.ts';
import type { Noun, Words } from '../i18n/use-words.ts';
import type { PromptToken } from '../store/blanks.ts';
import { spokenText } from './spoken-text.ts';

/** A sentence with its blanks, as one model sees it. */
export interface BlankScene {
  readonly tiles: readonly PromptToken[];
  readonly shown: PromptToken | undefined;
  readonly readsRight: boolean;
  readonly noun: Noun;
}

export function blankWords({ tiles, shown, readsRight, noun }: BlankScene, words: Words): BlankWords {
  const { t, number, percent } = words;
  const readable = (isHere: (token: PromptToken) => boolean) => {
    const count = tiles.filter((token) => !token.isBlank && isHere(token)).length;
    return t(`nouns.${noun}`, { count, amount: number(count) });
  };
  const position = shown?.position ?? 0;
  return {
    tiles: t('blanks.tiles'),
    nameOf: (index) => nameOf(tiles[index], words),
    left: t('blanks.left', { choices: readable((token) => token.position < position) }),
    right: readsRight
      ? t('blanks.right', { choices: readable((token) => token.position > position) })
      : t('prompt.hidden'),
    instead: t(shown ? 'blanks.waiting' : 'blanks.none'),
    list: t('blanks.drawing', { position: number(position + 1) }),
    truth: t('blanks.true'),
    others: (count) => t('prompt.others', { amount: number(count) }),
    number,
    percent,
  };
}

function nameOf({ token, isBlank, blank }: PromptToken, words: Words): string {
  const { t, percent } = words;
  const name = spokenText(token.text, words);
  const guess = blank?.candidates[0];
  if (!isBlank || !guess) return isBlank ? t('blanks.nameBlank', { token: name }) : name;
  const values = { token: name, guess: spokenText(tileText(guess.token), words), chance: percent(guess.probability) };
  if (!blank.truth) return t('blanks.nameWritten', values);
  return t('blanks.nameHidden', { ...values, chance: percent(blank.truth.probability) });
}
