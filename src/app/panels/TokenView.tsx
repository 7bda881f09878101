/** A text token by token, with the number and the bytes of the one that is pointed at. */
import { useCallback, useState } from 'react';
import type { DetailedToken, TokenizedText } from '../../contract/vocabulary.ts';
import { Rich } from '../controls/Rich.tsx';
import { visibleText } from '../drawings/shade.ts';
import { TokenText } from '../drawings/TokenText.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useApp } from '../store/use-app.ts';
import classes from './TokenizerPanel.module.css';

interface TokenViewProps {
  readonly tokenized: TokenizedText;
}

export function TokenView({ tokenized }: TokenViewProps) {
  const { t, number } = useWords();
  const { tokens, tokenCount } = tokenized;
  const [selected, setSelected] = useState<number>();
  const areApart = useApp((state) => state.vocabulary.pieces?.kind === 'pieces');
  const nameOf = useCallback(
    (position: number) => {
      const { text, id, bytes } = tokens[position];
      if (bytes.length === 0) return t('tokenizer.nameSpecial', { text, id });
      return t('tokenizer.name', { text: visibleText(text), id, bytes: hexadecimal(bytes) });
    },
    [t, tokens],
  );
  const place = selected !== undefined && selected < tokens.length ? selected : undefined;
  return (
    <>
      <TokenText
        tokens={tokens}
        label={t('tokenizer.tokens')}
        nameOf={nameOf}
        selected={place}
        onSelect={setSelected}
        areApart={areApart}
      />
      {place === undefined ? (
        <p className={classes.detail}>{t('tokenizer.hint')}</p>
      ) : (
        <Detail token={tokens[place]} place={place} count={tokenCount} />
      )}
      {tokens.length < tokenCount && (
        <p className={classes.note}>
          {t('tokenizer.shown', { amount: number(tokens.length), all: number(tokenCount) })}
        </p>
      )}
    </>
  );
}

interface DetailProps {
  readonly token: DetailedToken;
  readonly place: number;
  readonly count: number;
}

function Detail({ token: { id, text, bytes }, place, count }: DetailProps) {
  const { t, number } = useWords();
  return (
    <p className={classes.detail} data-testid="token-detail">
      <span>
        <Rich text={t('tokenizer.place', { place: number(place + 1), all: number(count) })} />
      </span>
      <span className={classes.piece}>{visibleText(text)}</span>
      <span>
        <Rich text={t('tokenizer.id', { id })} />
      </span>
      <span>
        {bytes.length > 0 ? (
          <Rich text={t('tokenizer.bytes', { bytes: hexadecimal(bytes) })} />
        ) : (
          t('tokenizer.noBytes')
        )}
      </span>
    </p>
  );
}

function hexadecimal(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
