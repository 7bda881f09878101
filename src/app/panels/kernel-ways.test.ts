/** Every way that the engine knows to do a product or attention has its words. */
import { expect, it } from 'vitest';
import { attentionBackwardKeyValue, attentionBackwardQuery, attentionForward } from '../../engine/kernels/attention.ts';
import { matmul } from '../../engine/kernels/matmul.ts';
import { en } from '../i18n/en.ts';
import { wayOf } from './kernel-ways.ts';

const kernels = [matmul, attentionForward, attentionBackwardQuery, attentionBackwardKeyValue];

it('tells every variant from the plain way', () => {
  const variants = kernels.flatMap((each) => each.variants?.map(({ kernel }) => kernel.name) ?? []);
  expect(variants.length).toBeGreaterThan(20);
  expect(variants.filter((name) => wayOf(name) === 'plain')).toEqual([]);
});

it('has words for each, and takes what it does not know for plain', () => {
  expect(kernels.map(({ name }) => wayOf(name)).filter((way) => way !== 'plain')).toEqual([]);
  expect(wayOf('matmul vector 4×8')).toBe('vector');
  expect(wayOf('attention subgroup, 8 threads, narrow')).toBe('subgroup');
  expect(en.speed.way[wayOf('matmul workgroup 64×64')]).toBe(en.speed.way.workgroup);
});
