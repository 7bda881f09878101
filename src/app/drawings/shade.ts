/** Shades of probability, and how invisible characters are shown. */
import type { TokenView } from '../../contract/results.ts';

/** Upper bounds of the shades in percent, all but the last. */
export const shadeBounds = [0, 5, 15, 35, 60, 80, 100] as const;

/** Step of the ramp for a probability from 0 to 1: 0 is the palest. */
export function shadeStep(probability: number): number {
  const percent = probability * 100;
  for (let step = 0; step < shadeBounds.length - 2; step++) if (percent < shadeBounds[step + 1]) return step;
  return shadeBounds.length - 2;
}

const glyphs: Readonly<Record<string, string>> = { ' ': '␣', '\n': '↵', '\t': '⇥', '\r': '␍', '　': '□' };

/** Text of a token with its invisible characters made visible. */
export function visibleText(text: string): string {
  return [...text].map((character) => glyphs[character] ?? character).join('');
}

/** A token as it fits into a tile: a byte is its two digits, a special token its name. */
export function tileText({ text, kind }: TokenView): string {
  return kind === 'text' ? visibleText(text) : text.replaceAll(/[<>[\]]/g, '');
}
