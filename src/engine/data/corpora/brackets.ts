/** Generated balanced brackets of three kinds: the model must remember what is open. */
import type { RandomSequence } from '../random.ts';
import type { GeneratedCorpus } from './corpus.ts';

const kinds = ['()', '[]', '{}'];
const longest = 28;

/** A balanced line; closing grows likelier as the line gets longer. */
function balanced(random: RandomSequence): string {
  const open: string[] = [];
  let text = '';
  const pairs = 2 + random.integer(longest / 2 - 2);
  let left = pairs;
  while (left > 0 || open.length > 0) {
    if (left > 0 && (open.length === 0 || random.uniform() < 0.55)) {
      const kind = random.pick(kinds);
      text += kind[0];
      open.push(kind[1]);
      left -= 1;
    } else text += open.pop() ?? '';
  }
  return text;
}

export const brackets: GeneratedCorpus = {
  id: 'brackets',
  label: { en: 'Matching brackets', zh: '括号配对' },
  explanation: {
    en: 'Nested brackets of three kinds, always closed in the right order.',
    zh: '三种括号层层嵌套，总是按正确的顺序闭合。',
  },
  kind: 'generated',
  language: 'en',
  prompt: '([]{})\n{[(',
  example: balanced,
};
