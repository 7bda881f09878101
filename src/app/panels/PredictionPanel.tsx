/** What it predicts. */
import { ProblemLine } from '../controls/ProblemLine.tsx';
import type { Layout } from '../layout.ts';

export function PredictionPanel(_: { readonly layout: Layout }) {
  return <ProblemLine place="prompt" />;
}
