/** English messages of the page. Chinese has the same keys, checked by the compiler. */
import { charts } from './en/charts.ts';
import { compare } from './en/compare.ts';
import { frame } from './en/frame.ts';
import { predictions } from './en/predictions.ts';
import { problems } from './en/problems.ts';
import { settings } from './en/settings.ts';
import { speed } from './en/speed.ts';
import { tokenizer } from './en/tokenizer.ts';

export const en = { ...frame, ...settings, ...tokenizer, ...speed, ...predictions, ...charts, ...problems, ...compare };
