/** Text files in the encodings people have, and files that are no text. */
import { expect, it } from 'vitest';
import { decodeText } from './files.ts';

it('reads UTF-8, and drops its byte order mark', () => {
  expect(decodeText(new TextEncoder().encode('\ufeff天气真好'))).toBe('天气真好');
});

it('reads GB 18030 where UTF-8 does not fit', () => {
  expect(decodeText(new Uint8Array([0xcc, 0xec, 0xc6, 0xf8]))).toBe('天气');
});

it('reads UTF-16 by its mark', () => {
  expect(decodeText(new Uint8Array([0xff, 0xfe, 0x29, 0x59]))).toBe('天');
});

it('takes Windows line ends for line ends', () => {
  expect(decodeText(new TextEncoder().encode('a\r\nb'))).toBe('a\nb');
});

it('says so where a file is no text', () => {
  expect(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]))).toMatchObject({ code: 'corpus-binary' });
});
