/** Which of the three layouts fits the window. */
import { useMediaQuery } from '@mantine/hooks';

/** Three columns; settings in a drawer; one column. */
export type Layout = 'wide' | 'medium' | 'narrow';

export function useLayout(): Layout {
  const isWide = useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false });
  const isNarrow = useMediaQuery('(max-width: 719.98px)', undefined, { getInitialValueInEffect: false });
  if (isNarrow) return 'narrow';
  return isWide ? 'wide' : 'medium';
}
