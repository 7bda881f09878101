/** Mixtures that are allowed and mislead: what the page should explain beside the curve. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { PlanWarning } from '../../contract/messages.ts';
import type { Model } from '../models/model.ts';
import { maskedToken } from '../objectives/masked-token.ts';

export function planWarnings({ objective, masking }: RunConfiguration, { causal }: Model): PlanWarning[] {
  const warnings: PlanWarning[] = [];
  if (objective !== maskedToken.id) {
    if (!causal) warnings.push('next-token-sees-itself');
    return warnings;
  }
  if (causal) warnings.push('masked-causal');
  if (masking.maskShare + masking.randomShare < 0.5) warnings.push('kept-tokens-show-answer');
  return warnings;
}
