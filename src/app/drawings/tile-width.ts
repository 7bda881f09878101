/** How wide tokens are drawn, estimated from their text: tiles and boxes of one drawing are all as wide as the widest. */
import type { TokenView } from '../../contract/results.ts';
import { tileText } from './shade.ts';

const narrowest = 22;
const widest = 58;
const paddingPx = 12;
/** Wide characters, as Han, fill a square; others take about half of it. */
const wide =
  /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Pixels that the text of the widest token takes, room on both sides included; 0 where all are single characters. */
export function textWidth(tokens: readonly TokenView[], fontPx: number): number {
  const widths = tokens.map((token) => {
    const characters = [...tileText(token)];
    if (token.kind !== 'text' || characters.length < 2) return 0;
    return characters.reduce((sum, character) => sum + (wide.test(character) ? fontPx : fontPx * 0.55), paddingPx);
  });
  return Math.ceil(Math.max(0, ...widths));
}

/** Width of a tile where `count` of them share `width` pixels; the row scrolls where they don't fit. */
export function tileWidthOf(tokens: readonly TokenView[], count: number, width: number): number {
  return Math.max(narrowest, textWidth(tokens, 20), Math.min(widest, width / count));
}
