/** The button of the themes. */
import { Menu, useComputedColorScheme } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import { MoonIcon, SunIcon } from '../icons.tsx';
import classes from './Header.module.css';
import { ThemeItems } from './ThemeItems.tsx';

export function ThemeSwitch() {
  const { t } = useWords();
  const shown = useComputedColorScheme('light');
  return (
    <Menu position="bottom-end" width={160} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={classes.icon} aria-label={t('header.theme')}>
          {shown === 'dark' ? <SunIcon /> : <MoonIcon />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
