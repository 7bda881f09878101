/** Numbers in both languages. */
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatDuration,
  formatFixed,
  formatNumber,
  formatPercent,
  stepDigits,
} from './format.ts';

describe('numbers', () => {
  it('are grouped', () => expect(formatNumber(1115394, 'en')).toBe('1,115,394'));
  it('keep their digits where asked', () => expect(formatFixed(1.7, 'en')).toBe('1.70'));
  it('are short in English', () => expect(formatCompact(212345, 'en')).toBe('212k'));
  it('are short in Chinese, with a thin space', () => expect(formatCompact(212345, 'zh-CN')).toBe('21.2\u2009万'));
});

describe('percentages', () => {
  it.each([
    [0.384, '38%'],
    [0.0154, '1.5%'],
    [0.0002, '0.02%'],
    [0, '0%'],
    [1, '100%'],
  ])('%f is %s', (share, text) => expect(formatPercent(share, 'en')).toBe(text));
});

describe('bytes', () => {
  it.each([
    [512, '512 B'],
    [1_150_000, '1.2 MB'],
    [41_200_000, '41 MB'],
    [3_100_000_000, '3.1 GB'],
  ])('%i is %s', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text));
});

describe('durations', () => {
  it('are in their largest unit', () => {
    expect(formatDuration(38, 'en')).toBe('38 sec');
    expect(formatDuration(540, 'en')).toBe('9 min');
    expect(formatDuration(540, 'zh-CN')).toBe('9\u2009分钟');
  });
});

it('a step needs its digits', () => {
  expect([1, 0.1, 0.01, 0.05, 0.00001, 16].map(stepDigits)).toEqual([0, 1, 2, 2, 5, 0]);
});
