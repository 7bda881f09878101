/** Registry of model families, in the order of the choice. */
import { bert } from './bert.ts';
import { gpt } from './gpt.ts';
import type { ModelFamily } from './model.ts';

export const families: readonly ModelFamily[] = [gpt, bert];
