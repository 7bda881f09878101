/** Registry of learning-rate schedules: one export line each. */
export { cosine } from './cosine.ts';
export { linear } from './linear.ts';
export { constant } from './constant.ts';
