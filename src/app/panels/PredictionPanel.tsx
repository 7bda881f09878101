/** What it predicts. */
import type { Layout } from '../layout.ts';
import { PromptInput } from './PromptInput.tsx';

export function PredictionPanel(_: { readonly layout: Layout }) {
  return <PromptInput />;
}
