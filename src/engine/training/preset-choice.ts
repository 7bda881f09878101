/** Picks the preset that suits a device, by measuring a step before offering it. */
import type { ModelPreset } from '../../contract/catalog.ts';
import { presets } from '../models/presets.ts';

/** A default run should show several steps a second. */
const comfortableStepMs = 80;

/** Largest of the candidates whose step is comfortable; the smallest where none is.
 *  @param candidates smallest first
 *  @param measure duration of one step of a preset in milliseconds; not called for the smallest */
export async function choosePreset(
  candidates: readonly ModelPreset[],
  measure: (preset: ModelPreset) => Promise<number>,
): Promise<ModelPreset> {
  for (const preset of [...candidates].reverse()) {
    if (preset === candidates[0] || (await measure(preset)) <= comfortableStepMs) return preset;
  }
  return candidates[0];
}

/** Worth measuring: one alone on the CPU and on software adapters, where only the smallest is quick. */
export function candidatePresets(software: boolean): readonly ModelPreset[] {
  return software ? presets.slice(0, 1) : presets.slice(0, 2);
}
