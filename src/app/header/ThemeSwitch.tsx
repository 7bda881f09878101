/** Light, dark, or like the system. */
import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';
import { MoonIcon, SunIcon } from '../icons.tsx';
import classes from './Header.module.css';

const schemes = ['light', 'dark', 'auto'] as const;
const labels = { light: 'header.themeLight', dark: 'header.themeDark', auto: 'header.themeAuto' } as const;

export function ThemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const shown = useComputedColorScheme('light');
  return (
    <Menu position="bottom-end" width={160} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={classes.icon} aria-label={t('header.theme')}>
          {shown === 'dark' ? <SunIcon /> : <MoonIcon />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            fw={scheme === colorScheme ? 600 : 400}
            onClick={() => setColorScheme(scheme)}
          >
            {t(labels[scheme])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
