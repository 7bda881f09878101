/** Registry of built-in corpora: one export line each, in the order of the menu. */

export { arithmetic } from './arithmetic.ts';
export { brackets } from './brackets.ts';
export { chineseClassics } from './chinese-classics.ts';
export { chineseDiary } from './chinese-diary.ts';
export { firstNames } from './first-names.ts';
export { mobyDick } from './moby-dick.ts';
export { sorting } from './sorting.ts';
