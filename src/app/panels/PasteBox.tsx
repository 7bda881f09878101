/** Where the user pastes a text or chooses a file. */
import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import inputs from '../controls/inputs.module.css';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { readTextFile } from './read-text-file.ts';
import classes from './Settings.module.css';

interface PasteBoxProps {
  readonly close: () => void;
}

export function PasteBox({ close }: PasteBoxProps) {
  const { t } = useWords();
  const actions = useActions();
  const fileInput = useRef<HTMLInputElement>(null);
  const earlier = useApp((state) => state.settings.ownText?.text);
  const [text, setText] = useState(earlier ?? '');
  const use = () => {
    actions.giveText({ text, name: '' });
    close();
  };
  return (
    <div className={classes.paste}>
      <Textarea
        classNames={{ input: inputs.text }}
        aria-label={t('text.pasteHere')}
        placeholder={t('text.pastePlaceholder')}
        rows={6}
        autoFocus
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div className={classes.row}>
        <ActionButton size="small" onClick={use}>
          {t('text.use')}
        </ActionButton>
        <ActionButton size="small" onClick={() => fileInput.current?.click()}>
          {t('text.choose')}
        </ActionButton>
        <ActionButton size="small" onClick={close}>
          {t('text.cancel')}
        </ActionButton>
      </div>
      <input
        ref={fileInput}
        type="file"
        hidden
        aria-label={t('text.choose')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (!file) return;
          readTextFile(file, actions);
          close();
        }}
      />
    </div>
  );
}
