/** The growing prefix: each line is one label, the token that comes after all that stands before it. */
import { useDisclosure } from '@mantine/hooks';
import { memo } from 'react';
import type { LabelledText } from '../../contract/results.ts';
import { tileText } from '../drawings/shade.ts';
import { useWords } from '../i18n/use-words.ts';
import classes from './PrefixList.module.css';
import settings from './Settings.module.css';

interface PrefixListProps {
  readonly labelled: LabelledText;
}

const shownAtFirst = 10;

export function PrefixList({ labelled }: PrefixListProps) {
  const { t, number } = useWords();
  const [isLong, { toggle }] = useDisclosure(false);
  const { labels } = labelled;
  const shown = isLong ? labels : labels.slice(0, shownAtFirst);
  return (
    <div>
      <table className={classes.table} aria-label={t('labels.table')}>
        <thead>
          <tr>
            <th scope="col">{t('labels.after')}</th>
            <th scope="col">{t('labels.comes')}</th>
            <th scope="col">{t('labels.says')}</th>
            <th scope="col">{t('labels.chance')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((label) => (
            <PrefixRow key={label.position} label={label} tokens={labelled.tokens} />
          ))}
        </tbody>
      </table>
      {labels.length > shownAtFirst && (
        <button type="button" className={settings.more} aria-expanded={isLong} onClick={toggle}>
          {t(isLong ? 'labels.fewer' : 'labels.more', { amount: number(labels.length) })}
        </button>
      )}
    </div>
  );
}

interface PrefixRowProps {
  readonly label: LabelledText['labels'][number];
  readonly tokens: LabelledText['tokens'];
}

function PrefixRow({ label, tokens }: PrefixRowProps) {
  const { percent } = useWords();
  const { position, guess, probability } = label;
  const isRight = guess.token.id === tokens[position].id;
  return (
    <tr>
      <td className={classes.prefix}>
        <Prefix tokens={tokens} length={position} />
      </td>
      <td>
        <span className={classes.arrow} aria-hidden="true">
          →
        </span>
        <span className={classes.label}>{tileText(tokens[position])}</span>
      </td>
      <td>
        <span className={classes.guess}>{tileText(guess.token)}</span>
        <span className={classes.verdict}>{isRight ? '✓' : '≠'}</span>
      </td>
      <td className={classes.chance}>{percent(probability)}</td>
    </tr>
  );
}

interface PrefixProps {
  readonly tokens: LabelledText['tokens'];
  readonly length: number;
}

/** All prefixes together have a number of tokens that is quadratic in the context. */
const Prefix = memo(function Prefix({ tokens, length }: PrefixProps) {
  const places = Array.from({ length }, (_, place) => place);
  return places.map((place) => <span key={place}>{tileText(tokens[place])}</span>);
});
