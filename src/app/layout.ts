/** Which of the three layouts fits the window, and whether its head is tight. */
import { useMediaQuery } from '@mantine/hooks';

/** Three columns; settings in a drawer; one column. */
export type Layout = 'wide' | 'medium' | 'narrow';

function useWindow(query: string): boolean {
  return useMediaQuery(query, undefined, { getInitialValueInEffect: false });
}

export function useLayout(): Layout {
  const isWide = useWindow('(min-width: 1280px)');
  const isNarrow = useWindow('(max-width: 719.98px)');
  if (isNarrow) return 'narrow';
  return isWide ? 'wide' : 'medium';
}

/** Whether the head of the page has room for its main controls only. */
export function useTightHeader(): boolean {
  return useWindow('(max-width: 899.98px)');
}
