/** Strings that tokenizers stumble over, from a seed: scripts, emoji with joiners, marks, controls, all kinds of white space. */
import { RandomSequence } from '../engine/data/random.ts';

const english = [
  'the',
  'The',
  'whale',
  'Ishmael',
  'playing',
  'unbelievably',
  'naïve',
  'café',
  'ÀÉÎ',
  'ſ',
  'ß',
  'İstanbul',
  'x',
];
const contractions = [
  "it's",
  "I'll",
  "they've",
  "we're",
  "can't",
  "he'd",
  "I'm",
  "'tis",
  "''s",
  "'S",
  "o'",
  '’s',
  "'ll'",
];
const chinese = ['今天天气真好', '机器学习', '是', '，', '。', '「你好」', '海', '台灣', '㐀', '豈', 'ｆｕｌｌ', '　'];
const emoji = ['👩‍🚀', '👍🏽', '👨‍👩‍👧‍👦', '🇨🇳', '❤️', '😀', '🏳️‍🌈', '1️⃣', '🫠', '☺'];
const marks = [
  'e\u0301',
  'n\u0303o',
  '\u0301',
  'a\u0300\u0316',
  'שָׁלוֹם',
  'हिन्दी',
  'Ελληνικά',
  'Привет',
  '한국어',
  '각',
  'ไทย',
];
const spaces = [
  ' ',
  '  ',
  '   ',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' \n',
  '\n ',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\u2028',
  '\v',
  '\f',
  '\u0085',
];
const controls = [
  '\0',
  '\u0001',
  '\u0007',
  '\u001b[0m',
  '\u007f',
  '\u0080',
  '\u009f',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u202e',
  '\ufffd',
  '\uffff',
  '\ue000',
];
const digits = ['0', '7', '2024', '3.14', '1,000', '٣', 'Ⅳ', '½', '²', '１２'];
const signs = [
  '.',
  '!',
  '?!',
  '...',
  '—',
  '-',
  '$',
  '€',
  '#',
  '##',
  '@',
  '_',
  '~',
  '^',
  '`',
  '<|',
  '|>',
  '[',
  '][',
  '(c)',
  '©',
  '+',
  '=',
];
const groups = [english, contractions, chinese, emoji, marks, spaces, controls, digits, signs];

/** The same seed gives the same string. Every string is well-formed UTF-16.
 *  @param more pieces to mix in */
export function fuzzedText(seed: number, more: readonly string[] = []): string {
  const random = new RandomSequence(seed, 0);
  const length = random.integer(24);
  const pieces = Array.from({ length }, () => {
    const kind = random.integer(more.length > 0 ? 14 : 13);
    if (kind === 13) return random.pick(more);
    if (kind === 12) return randomCharacter(random);
    if (kind >= 9) return ' ';
    return random.pick(groups[kind]);
  });
  return pieces.join('');
}

/** Any character at all, most of them of the first planes. */
function randomCharacter(random: RandomSequence): string {
  const code = random.integer(random.pick([0x100, 0x800, 0xd800, 0x1fbff]));
  return code >= 0xd800 && code < 0xe000 ? ' ' : String.fromCodePoint(code);
}
