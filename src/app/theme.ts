/** Mantine's own settings; its colours, sizes and fonts are in mantine.css. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Mantine wants ten shades; every one of them is ink, since colour belongs to the models. */
const shades = Array.from({ length: 10 }, () => 'var(--ink)');
const ink = shades as unknown as MantineColorsTuple;

export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink },
  defaultRadius: 3,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});
