/** Where the user pastes a text or chooses a file. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import inputs from '../controls/inputs.module.css';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

interface PasteBoxProps {
  readonly close: () => void;
}

export function PasteBox({ close }: PasteBoxProps) {
  const { t } = useWords();
  const actions = useActions();
  const earlier = useApp((state) => state.settings.ownText?.content);
  const [text, setText] = useState(typeof earlier === 'string' ? earlier : '');
  const use = () => {
    actions.giveText(text);
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
        <FileButton
          label={t('text.choose')}
          onChoose={(file) => {
            actions.giveFile(file);
            close();
          }}
        />
        <ActionButton size="small" onClick={close}>
          {t('text.cancel')}
        </ActionButton>
      </div>
    </div>
  );
}
