/** Opens the box with the link. */
import { Popover } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import { ShareIcon } from '../icons.tsx';
import { ShareBox } from '../share/ShareBox.tsx';
import classes from './Header.module.css';

export function ShareButton() {
  const { t } = useWords();
  return (
    <Popover position="bottom-end" width={360} trapFocus returnFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <button type="button" className={classes.icon} aria-label={t('share.button')}>
          <ShareIcon />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('share.title')}>
        <ShareBox />
      </Popover.Dropdown>
    </Popover>
  );
}
