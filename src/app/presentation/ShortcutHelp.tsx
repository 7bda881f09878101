/** The keys of the presentation, over it; Escape or the button closes it. */
import { useEffect, useRef } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import classes from './ShortcutHelp.module.css';

interface ShortcutHelpProps {
  readonly isOpen: boolean;
  readonly close: () => void;
}

const keys = [
  ['space', 'toggle'],
  ['→', 'step'],
  ['R', 'reset'],
  ['?', 'help'],
  ['Esc', 'leave'],
] as const;

export function ShortcutHelp({ isOpen, close }: ShortcutHelpProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby="shortcuts" onClose={close}>
      <h2 id="shortcuts" className={classes.title}>
        {t('present.keys')}
      </h2>
      <dl className={classes.list}>
        {keys.map(([key, shortcut]) => (
          <div key={key} className={classes.row}>
            <dt>
              <kbd className={classes.key}>{key === 'space' ? t('present.space') : key}</kbd>
            </dt>
            <dd>{t(`present.${shortcut}`)}</dd>
          </div>
        ))}
      </dl>
      <ActionButton onClick={close}>{t('header.close')}</ActionButton>
    </dialog>
  );
}
