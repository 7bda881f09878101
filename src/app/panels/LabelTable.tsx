/** Masked text line by line: the text, what the model reads instead, the labels, and its answers. */
import { Fragment } from 'react';
import type { Label, LabelledText, TokenView } from '../../contract/results.ts';
import { Rich } from '../controls/Rich.tsx';
import { shadeStep, tileText } from '../drawings/shade.ts';
import { useWidth } from '../drawings/use-width.ts';
import { useWords } from '../i18n/use-words.ts';
import classes from './LabelTable.module.css';

interface LabelTableProps {
  readonly labelled: LabelledText;
}

const headWidth = 76;
const letterWidth = 25;
/** Tokens of several letters. */
const wordWidth = 66;

export function LabelTable({ labelled }: LabelTableProps) {
  const { t } = useWords();
  const [ref, width] = useWidth<HTMLDivElement>();
  const { tokens, labels } = labelled;
  const isLong = tokens.some(({ text, kind }) => kind === 'text' && [...text].length > 1);
  const columnWidth = isLong ? wordWidth : letterWidth;
  const perLine = Math.max(4, Math.floor((width - headWidth) / columnWidth));
  const byPosition = new Map(labels.map((label) => [label.position, label]));
  const lines = Array.from({ length: Math.ceil(tokens.length / perLine) }, (_, line) => line * perLine);
  return (
    <div ref={ref} className={classes.frame}>
      {width > 0 && (
        <table className={classes.table} aria-label={t('labels.table')}>
          {lines.map((start) => {
            const places = tokens.slice(start, start + perLine).map((token, index) => ({
              position: start + index,
              token,
              label: byPosition.get(start + index),
            }));
            return <Line key={start} places={places} columnWidth={columnWidth} />;
          })}
        </table>
      )}
      <Legend labels={labels} />
    </div>
  );
}

interface Place {
  readonly position: number;
  readonly token: TokenView;
  readonly label?: Label;
}

function Line({ places, columnWidth }: { readonly places: readonly Place[]; readonly columnWidth: number }) {
  const { t, percent } = useWords();
  const style = { width: columnWidth, minWidth: columnWidth, maxWidth: columnWidth };
  const row = (name: 'text' | 'reads' | 'label' | 'says', cell: (place: Place) => React.ReactNode) => (
    <tr data-row={name}>
      <th scope="row">{t(`labels.${name}`)}</th>
      {places.map((place) => (
        <Fragment key={place.position}>{cell(place)}</Fragment>
      ))}
    </tr>
  );
  return (
    <tbody>
      {row('text', ({ token }) => (
        <td style={style}>{tileText(token)}</td>
      ))}
      {row('reads', ({ token, label }) => (
        <td style={style} data-treatment={label?.treatment} data-kind={(label?.input ?? token).kind}>
          {tileText(label?.input ?? token)}
        </td>
      ))}
      {row('label', ({ token, label }) => (
        <td style={style} data-label={label !== undefined || undefined}>
          {label && tileText(token)}
        </td>
      ))}
      {row('says', ({ token, label }) => (
        <td style={style} title={label && percent(label.guess.probability)}>
          {label && (
            <>
              <span
                className={classes.guess}
                data-shade={shadeStep(label.guess.probability)}
                data-kind={label.guess.token.kind}
              >
                {tileText(label.guess.token)}
              </span>
              <span className={classes.verdict}>{label.guess.token.id === token.id ? '✓' : '≠'}</span>
            </>
          )}
        </td>
      ))}
    </tbody>
  );
}

/** The three things that happen to a hidden token, and how often each did. */
function Legend({ labels }: { readonly labels: readonly Label[] }) {
  const { t, number } = useWords();
  return (
    <ul className={classes.legend}>
      {(['masked', 'random', 'kept'] as const).map((treatment) => (
        <li key={treatment}>
          <span className={classes.sign} data-treatment={treatment} aria-hidden="true" />
          <span>
            <Rich
              text={t(`labels.${treatment}Legend`, {
                amount: number(labels.filter((label) => label.treatment === treatment).length),
              })}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
