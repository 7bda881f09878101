/** Which field of the user's records to learn from. */
import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import inputs from '../controls/inputs.module.css';
import { useWords } from '../i18n/use-words.ts';
import { ChevronIcon } from '../icons.tsx';
import { ownCorpus } from '../store/settings.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

export function FieldChoice() {
  const id = useId();
  const { t } = useWords();
  const { chooseField } = useActions();
  const isOwn = useApp((state) => state.settings.draft?.corpus === ownCorpus);
  const text = useApp((state) => state.settings.ownText);
  if (!isOwn || !text || text.fields.length === 0) return null;
  const { fields, field, isPlain } = text;
  // An index, since a field may have any name.
  const data = fields.map((name, index) => ({ value: String(index), label: name || t('text.list') }));
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{t('text.field')}</label>
      <NativeSelect
        id={id}
        classNames={{ input: inputs.input }}
        rightSection={<ChevronIcon />}
        data={[...data, { value: '', label: t('text.wholeFile') }]}
        value={isPlain || field === undefined ? '' : String(fields.indexOf(field))}
        onChange={({ currentTarget: { value } }) =>
          chooseField(value === '' ? { isPlain: true } : { isPlain: false, field: fields[Number(value)] })
        }
      />
    </div>
  );
}
