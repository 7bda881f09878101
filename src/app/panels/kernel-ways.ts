/** How a kernel goes about its work, told from the name that the engine gives it. */

const ways = ['sliced', 'subgroup', 'workgroup', 'vector'] as const;

export type KernelWay = (typeof ways)[number] | 'plain';

export function wayOf(kernel: string): KernelWay {
  return ways.find((way) => kernel.split(/[ ,]/).includes(way)) ?? 'plain';
}
