/** Chinese messages of the page; a key of English that is missing in one of them doesn't compile. */
import type { en } from './en.ts';
import type { Translated } from './translated.ts';
import { charts } from './zh/charts.ts';
import { compare } from './zh/compare.ts';
import { frame } from './zh/frame.ts';
import { predictions } from './zh/predictions.ts';
import { problems } from './zh/problems.ts';
import { settings } from './zh/settings.ts';
import { speed } from './zh/speed.ts';
import { tokenizer } from './zh/tokenizer.ts';

export const zh: Translated<typeof en> = {
  ...frame,
  ...settings,
  ...tokenizer,
  ...speed,
  ...predictions,
  ...charts,
  ...problems,
  ...compare,
};
