/** What each script costs: characters, tokens, and tokens per character. */
import type { TokenizedText } from '../../contract/vocabulary.ts';
import { useWords } from '../i18n/use-words.ts';
import classes from './TokenizerPanel.module.css';

interface ScriptTableProps {
  readonly tokenized: TokenizedText;
}

export function ScriptTable({ tokenized }: ScriptTableProps) {
  const { t, number, gap } = useWords();
  const { scripts, characters, tokenCount, text, unknown } = tokenized;
  const amount = number(characters);
  return (
    <section className={classes.column} aria-label={t('tokenizer.scripts')}>
      <h3 className={classes.subtitle}>{t('tokenizer.scripts')}</h3>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('tokenizer.script')}</th>
            <th scope="col" className={classes.figure}>
              {t('tokenizer.characters')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('tokenizer.count')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('tokenizer.ratio')}
            </th>
          </tr>
        </thead>
        <tbody>
          {scripts.map((row) => (
            <Row key={row.script} name={t(`script.${row.script}`)} {...row} />
          ))}
        </tbody>
        <tfoot>
          <Row name={t('tokenizer.whole')} characters={characters} tokens={tokenCount} />
        </tfoot>
      </table>
      <p className={classes.note}>
        {t(text === undefined ? 'tokenizer.countedOpening' : 'tokenizer.countedOwn', { amount })}
        {gap}
        {t('tokenizer.belongs')}
        {unknown > 0 && `${gap}${t('tokenizer.unknown', { count: unknown, amount: number(unknown) })}`}
      </p>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly characters: number;
  readonly tokens: number;
}

function Row({ name, characters, tokens }: RowProps) {
  const { number, fixed } = useWords();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={classes.figure}>{number(characters)}</td>
      <td className={classes.figure}>{number(tokens)}</td>
      <td className={classes.figure}>{characters > 0 ? fixed(tokens / characters, 2) : '–'}</td>
    </tr>
  );
}
