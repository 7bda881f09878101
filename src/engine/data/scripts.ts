/** Which script a character belongs to, and what each script costs a tokenizer in tokens. */
import type { Script, ScriptCount } from '../../contract/vocabulary.ts';
import { decodeUtf8 } from './tokenizers/utf8.ts';

/** The first that matches. */
const scripts: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['han', /\p{Script=Han}/u],
  ['digits', /\p{N}/u],
  ['spaces', /[\s\p{Z}]/u],
  ['punctuation', /[\p{P}\p{S}]/u],
  ['other', /(?:)/],
];

function scriptOf(character: string): Script {
  return scripts.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
}

/** Tokens by the script of what they spell. Several that spell one character only together count for its script.
 *  @param tokens bytes of each token in their order */
export function countScripts(text: string, tokens: Iterable<ArrayLike<number>>): ScriptCount[] {
  const characterCounts = new Map<Script, number>();
  for (const character of text) increase(characterCounts, scriptOf(character), 1);
  const tokenCounts = new Map<Script, number>();
  let [pending, pendingTokens]: [number[], number] = [[], 0];
  for (const bytes of tokens) {
    pending = pending.concat(Array.from(bytes));
    pendingTokens += 1;
    const { text: spelled, whole } = decodeUtf8(pending);
    if (!whole) continue;
    increase(tokenCounts, scriptOf([...spelled.trimStart()][0] ?? ' '), pendingTokens);
    [pending, pendingTokens] = [[], 0];
  }
  return scripts.flatMap(([script]) => {
    const characters = characterCounts.get(script) ?? 0;
    const tokens = tokenCounts.get(script) ?? 0;
    return characters + tokens > 0 ? [{ script, characters, tokens }] : [];
  });
}

function increase(counts: Map<Script, number>, script: Script, by: number): void {
  counts.set(script, (counts.get(script) ?? 0) + by);
}
