/** One token per byte of UTF-8: 256 tokens, whatever the text. */
import type { TokenView } from '../../../contract/results.ts';
import type { Tokenizer, TokenizerSpec } from './tokenizer.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

class ByteTokenizer implements Tokenizer {
  readonly vocabulary = 256;

  encode(text: string): Int32Array {
    return encodeUtf8(text);
  }

  decode(ids: ArrayLike<number>): string {
    return decodeUtf8(ids).text;
  }

  bytes(id: number): number[] {
    return [id];
  }

  view(id: number): TokenView {
    const { text, whole } = decodeUtf8([id]);
    return { id, text, kind: whole ? 'text' : 'byte' };
  }
}

export const bytes: TokenizerSpec = {
  id: 'bytes',
  label: { en: 'Bytes', zh: '字节' },
  explanation: {
    en: 'Every byte of the text in UTF-8 is a token; a Chinese character takes three.',
    zh: 'UTF-8 编码的每个字节就是一个词元；一个汉字占三个。',
  },
  begin: () => ({ add: () => {}, build: () => new ByteTokenizer() }),
};
