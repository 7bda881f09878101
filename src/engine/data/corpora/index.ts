/** Registry of built-in corpora, in the order of the menu. */
import { arithmetic } from './arithmetic.ts';
import { brackets } from './brackets.ts';
import { chineseClassics } from './chinese-classics.ts';
import { chineseDiary } from './chinese-diary.ts';
import type { Corpus } from './corpus.ts';
import { firstNames } from './first-names.ts';
import { mobyDick } from './moby-dick.ts';
import { sorting } from './sorting.ts';
import { tangPoems } from './tang-poems.ts';

export const corpora: readonly Corpus[] = [
  mobyDick,
  firstNames,
  tangPoems,
  chineseClassics,
  chineseDiary,
  arithmetic,
  sorting,
  brackets,
];
