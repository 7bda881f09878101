/** Registry of learning-rate schedules, in the order of the choice. */
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { linear } from './linear.ts';
import type { Schedule } from './schedule.ts';

export const schedules: readonly Schedule[] = [cosine, linear, constant];
