/** The runs of this session as a table, the present ones on top; two to four of them can be trained side by side. */
import { useState } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { nounOf, useWords, type Words } from '../i18n/use-words.ts';
import { CausalIcon, MaskedIcon } from '../icons.tsx';
import { objectiveOf } from '../store/architecture.ts';
import { isComparable, type RunRecord, type RunRow, runRows } from '../store/runs.ts';
import { ownCorpus } from '../store/settings.ts';
import type { AppState } from '../store/state.ts';
import { useActions, useApp, usePaced } from '../store/use-app.ts';
import classes from './RunsPanel.module.css';

/** The table is for reading; once a second is enough. */
const slowestMs = 1000;
const mostCompared = 4;
const columns = ['objective', 'model', 'text', 'step', 'loss', 'score', 'time'] as const;
const selectState = (state: AppState) => state;

export default function RunsPanel({ close }: { readonly close: () => void }) {
  const words = useWords();
  const { t } = words;
  const { compareRuns } = useActions();
  const rows = runRows(usePaced(selectState, slowestMs));
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const chosen = rows.filter(({ key }) => ticked.includes(key));
  const canJoin = (row: RunRecord) => chosen.every((each) => isComparable(each, row));
  const toggle = (key: string) =>
    setTicked(ticked.includes(key) ? ticked.filter((each) => each !== key) : [...ticked, key]);
  const isFull = chosen.length === mostCompared;
  return (
    <div className={classes.runs}>
      <h2 className={classes.title}>{t('runs.title')}</h2>
      <p className={classes.lead}>{t('runs.lead')}</p>
      <div className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('runs.name')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`runs.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = nameOf(row, words);
              const isTicked = ticked.includes(row.key);
              return (
                <tr key={row.key} data-ticked={isTicked || undefined}>
                  <th scope="row">
                    <label className={classes.pick}>
                      <input
                        type="checkbox"
                        aria-label={t('runs.pick', { name })}
                        checked={isTicked}
                        disabled={!isTicked && (isFull || !canJoin(row))}
                        onChange={() => toggle(row.key)}
                      />
                      {name}
                    </label>
                  </th>
                  <Cells row={row} words={words} />
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className={classes.foot}>
        <ActionButton
          isDisabled={chosen.length < 2}
          onClick={() => {
            compareRuns(chosen);
            close();
          }}
        >
          {t('runs.compare')}
        </ActionButton>
        <p role="status">
          {isFull
            ? t('runs.most')
            : chosen.length > 0 && rows.some((row) => !canJoin(row))
              ? t('runs.incomparable')
              : ''}
        </p>
      </div>
      {rows.every((row) => row.number === undefined) && <p className={classes.lead}>{t('runs.empty')}</p>}
    </div>
  );
}

/** Its number, or which of the present ones it is. */
function nameOf({ number: given, letter }: RunRow, { t, number }: Words): string {
  if (given !== undefined) return number(given);
  return letter ? t('runs.compared', { letter }) : t('runs.now');
}

function Cells({ row, words }: { readonly row: RunRecord; readonly words: Words }) {
  const { label, number, fixed, duration, percent } = words;
  const catalog = useApp((state) => state.session.catalog);
  const { configuration, plan } = row.run;
  const objective = objectiveOf(catalog, configuration);
  const accuracy = row.score?.accuracy;
  return (
    <>
      <td>
        <span className={classes.objective}>
          {objective?.writesOn === false ? <MaskedIcon /> : <CausalIcon />}
          {objective && label(objective.label)}
        </span>
      </td>
      <td>{modelText(row, words)}</td>
      <td>{textName(row, words, catalog)}</td>
      <td className={classes.figure}>{number(row.step)}</td>
      <td className={classes.figure}>{row.validationLoss === undefined ? '–' : fixed(row.validationLoss)}</td>
      <td className={classes.figure}>
        {accuracy ? `${percent(accuracy.value)} (${percent(accuracy.low)} – ${percent(accuracy.high)})` : '–'}
      </td>
      <td className={classes.figure} title={plan.stepMs === undefined ? undefined : `${number(plan.stepMs, 1)} ms`}>
        {row.step > 0 ? duration(row.seconds) : '–'}
      </td>
    </>
  );
}

/** GPT, 2 × 64, 120k parameters. */
function modelText({ run: { configuration, plan } }: RunRecord, { t, compact, number }: Words): string {
  const { family, layers, width } = configuration.model;
  const parameters = t('runs.parameters', { amount: compact(plan.parameters) });
  return `${family.toUpperCase()} ${number(layers)} × ${number(width)}, ${parameters}`;
}

function textName({ run }: RunRecord, { t, label }: Words, catalog: AppState['session']['catalog']): string {
  const { corpus, tokenizer } = run.configuration;
  const entry = catalog?.corpora.find(({ id }) => id === corpus);
  const name = entry && corpus !== ownCorpus ? label(entry.label) : t('compare.ownText');
  const cut = catalog?.tokenizers.find(({ id }) => id === tokenizer);
  return nounOf(tokenizer) === 'tokens' && cut ? `${name}, ${label(cut.label)}` : name;
}
