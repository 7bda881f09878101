/** Registry of kernels: one export line per family. */
export * from './adamw.ts';
export * from './add.ts';
export * from './attention.ts';
export * from './bias.ts';
export * from './column-sum.ts';
export * from './cross-entropy.ts';
export * from './dropout.ts';
export * from './embedding.ts';
export * from './gather.ts';
export * from './gelu.ts';
export * from './global-norm.ts';
export * from './layer-norm.ts';
export * from './matmul.ts';
export * from './metrics.ts';
export * from './rotary.ts';
