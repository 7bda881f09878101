/** Both languages say the same things: no empty message, no placeholder lost, and each problem has its words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { preferredLanguage } from './index.ts';
import { zh } from './zh.ts';

function flatten(messages: object, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') flat.set(`${path}${key}`, value);
    else for (const entry of flatten(value, `${path}${key}.`)) flat.set(...entry);
  }
  return flat;
}

const english = flatten(en);
const chinese = flatten(zh);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  it('have the same keys, but for the plural that Chinese lacks', () => {
    const expected = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(expected.sort());
  });

  it('use the same values', () => {
    for (const [key, text] of chinese) {
      expect({ key, uses: placeholders(text) }).toEqual({ key, uses: placeholders(english.get(key) ?? '') });
    }
  });

  it('are never empty', () => {
    for (const text of [...english.values(), ...chinese.values()]) expect(text.trim()).not.toBe('');
  });

  it('are Chinese in Chinese', () => {
    const latin = new Set([
      'language.other',
      'header.cpuChosen',
      'model.memory',
      'writing.topK',
      'writing.topP',
      'speed.cpu',
      'tokenizer.kind.byte-pair',
      'tokenizer.kind.word-piece',
    ]);
    for (const [key, text] of chinese) {
      if (!latin.has(key)) expect({ key, isHan: /\p{Script=Han}/u.test(text) }).toEqual({ key, isHan: true });
    }
  });
});

describe('names that tests and assistive technology rely on', () => {
  it('are as agreed', () => {
    const names = ({ header, small }: typeof en | typeof zh) => [
      header.train,
      header.pause,
      header.step,
      header.reset,
      small.runLog,
    ];
    expect(names(en)).toEqual(['Train', 'Pause', 'Step', 'Reset', 'Run log (CSV)']);
    expect(names(zh)).toEqual(['训练', '暂停', '单步', '重置', '运行日志 (CSV)']);
  });
});

describe('the language', () => {
  it('is that of the address, then an earlier choice, then the browser', () => {
    expect(preferredLanguage('?lang=zh', 'en', ['en'])).toBe('zh');
    expect(preferredLanguage('', 'zh', ['en'])).toBe('zh');
    expect(preferredLanguage('', null, ['fr', 'zh-TW'])).toBe('zh');
    expect(preferredLanguage('?lang=fr', null, ['de'])).toBe('en');
  });
});

it('the first sentence stands in index.html as the page says it', () => {
  const html = readFileSync('index.html', 'utf8');
  expect(html).toContain(`<p class="first-sentence" lang="en">${en.predict.empty}</p>`);
  expect(html).toContain(`<p class="first-sentence" lang="zh">${zh.predict.empty}</p>`);
});
