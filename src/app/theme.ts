/** Mantine's own settings; its colours, sizes and fonts are in mantine.css. */
import { colorsTuple, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'ink',
  // Mantine wants ten shades; every one of them is ink, since colour belongs to the models.
  colors: { ink: colorsTuple('var(--ink)') },
  defaultRadius: 3,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});
