/** The themes as items of a menu: light, dark, or like the system. */
import { Menu, useMantineColorScheme } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';

const schemes = ['light', 'dark', 'auto'] as const;
const labels = { light: 'header.themeLight', dark: 'header.themeDark', auto: 'header.themeAuto' } as const;

export function ThemeItems() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return schemes.map((scheme) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={scheme === colorScheme}
      fw={scheme === colorScheme ? 600 : 400}
      onClick={() => setColorScheme(scheme)}
    >
      {t(labels[scheme])}
    </Menu.Item>
  ));
}
