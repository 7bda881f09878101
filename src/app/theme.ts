/** Mantine dressed in the design's tokens: its colours, 3 px corners, control heights, no shadows. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Mantine wants ten shades; every one of them is ink, since colour belongs to the models. */
const ink: MantineColorsTuple = [
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
  'var(--ink)',
];

export const theme = createTheme({
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--serif)', fontWeight: '600' },
  primaryColor: 'ink',
  colors: { ink },
  defaultRadius: 3,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
});

const variables = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink3)',
  '--mantine-color-placeholder': 'var(--ink3)',
  '--mantine-color-error': 'var(--error)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--well)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-disabled': 'var(--well)',
  '--mantine-color-disabled-color': 'var(--ink3)',
  '--mantine-color-disabled-border': 'var(--rule)',
  '--mantine-primary-color-filled': 'var(--ink)',
  '--mantine-primary-color-filled-hover': 'var(--ink2)',
  '--mantine-primary-color-contrast': 'var(--sheet)',
};

/** The same variables in both schemes: the tokens behind them change. */
export const variablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
