/** Charts. */
import type { Layout } from '../layout.ts';

export function ChartsPanel(_: { readonly layout: Layout }) {
  return <div />;
}
