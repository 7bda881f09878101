/** What a tokenizer has learnt, in its order: a page at a time, or the pieces that have something in them. */
import { useId } from 'react';
import type { TokenView } from '../../contract/results.ts';
import type { LearntPiece, PiecePage } from '../../contract/vocabulary.ts';
import { tileText, visibleText } from '../drawings/shade.ts';
import { useWords } from '../i18n/use-words.ts';
import { isOwnTokenizer } from '../store/tokenizing.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { SentenceInput } from './SentenceInput.tsx';
import { Stepper } from './Stepper.tsx';
import classes from './TokenizerPanel.module.css';

export function PieceList() {
  const { t } = useWords();
  const { askPieces } = useActions();
  const titleId = useId();
  const query = useApp((state) => state.vocabulary.query);
  const pieces = useApp((state) => state.vocabulary.pieces);
  const isOwn = useApp((state) => isOwnTokenizer(state.session.run?.configuration.tokenizer));
  if (!pieces) return null;
  return (
    <section className={classes.learnt} aria-labelledby={titleId}>
      <h3 id={titleId} className={classes.subtitle}>
        {t(`tokenizer.${pieces.kind}${isOwn ? 'File' : ''}`)}
      </h3>
      {!isOwn && <Gave pieces={pieces} />}
      <div className={classes.find}>
        <SentenceInput name={t('tokenizer.search')} value={query} onChange={(next) => askPieces(next, 0)} />
        <Pages pieces={pieces} />
      </div>
      {pieces.rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: axe wants what scrolls within reach of the keyboard, and Safari alone of the browsers doesn't see to it
        <section className={classes.scroll} aria-labelledby={titleId} tabIndex={0}>
          <Rows pieces={pieces} />
        </section>
      ) : (
        <p className={classes.note}>{t('tokenizer.none')}</p>
      )}
    </section>
  );
}

/** How many the text really had. */
function Gave({ pieces: { kind, total } }: { readonly pieces: PiecePage }) {
  const { t, number } = useWords();
  const key = kind === 'merges' ? 'gave' : 'gavePieces';
  return <p className={classes.note}>{t(`tokenizer.${key}`, { count: total, amount: number(total) })}</p>;
}

function Pages({ pieces: { query, page, pages, found } }: { readonly pieces: PiecePage }) {
  const { t, number } = useWords();
  const { askPieces } = useActions();
  return (
    <>
      {query !== '' && (
        <span className={classes.note}>{t('tokenizer.found', { count: found, amount: number(found) })}</span>
      )}
      {pages > 1 && (
        <>
          <Stepper
            value={page + 1}
            minimum={1}
            maximum={pages}
            label={t('tokenizer.page')}
            less={t('tokenizer.earlier')}
            more={t('tokenizer.later')}
            onChange={(next) => askPieces(query, next - 1)}
          />
          <span className={classes.note}>{t('tokenizer.of', { pages: number(pages) })}</span>
        </>
      )}
    </>
  );
}

function Rows({ pieces: { kind, rows } }: { readonly pieces: PiecePage }) {
  const { t } = useWords();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col" className={classes.rank}>
            {t('tokenizer.rank')}
          </th>
          {kind === 'merges' && <th scope="col">{t('tokenizer.pair')}</th>}
          <th scope="col">{t(kind === 'merges' ? 'tokenizer.piece' : 'tokenizer.onePiece')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.rank} {...row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ rank, parts, piece }: LearntPiece) {
  const { number } = useWords();
  return (
    <tr>
      <td className={classes.rank}>{number(rank)}</td>
      {parts && (
        <td>
          <Piece token={parts[0]} />
          <span className={classes.plus}>+</span>
          <Piece token={parts[1]} />
        </td>
      )}
      <td>
        <Piece token={piece} />
      </td>
    </tr>
  );
}

function Piece({ token }: { readonly token: TokenView }) {
  const isByte = token.kind === 'byte';
  return (
    <span className={classes.piece} data-byte={isByte || undefined}>
      {isByte ? tileText(token) : visibleText(token.text)}
    </span>
  );
}
