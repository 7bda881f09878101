/** Registry of learning-rate schedules: one export line each. */

export { constant } from './constant.ts';
export { cosine } from './cosine.ts';
export { linear } from './linear.ts';
