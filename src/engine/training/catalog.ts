/** The catalog of this engine: every registry as plain data, and the run that the page opens with. */
import type { Catalog, CatalogEntry, ModelPreset } from '../../contract/catalog.ts';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { arithmetic } from '../data/corpora/arithmetic.ts';
import { corpora } from '../data/corpora/index.ts';
import { mobyDick } from '../data/corpora/moby-dick.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { tokenizers } from '../data/tokenizers/index.ts';
import { attentions } from '../models/attentions.ts';
import { families } from '../models/index.ts';
import { norms } from '../models/norms.ts';
import { positionSchemes } from '../models/positions/index.ts';
import { presets } from '../models/presets.ts';
import { objectives } from '../objectives/index.ts';
import { maskingUnits } from '../objectives/masking-units/index.ts';
import { token } from '../objectives/masking-units/token.ts';
import { nextToken } from '../objectives/next-token.ts';
import { cosine } from '../optim/schedules/cosine.ts';
import { schedules } from '../optim/schedules/index.ts';
import { activationChoices, kept } from './activations.ts';
import { fields } from './fields.ts';
import { precisions, single } from './precisions.ts';

function entries(registry: readonly CatalogEntry[]): CatalogEntry[] {
  return registry.map(({ id, label, explanation }) => ({ id, label, explanation }));
}

/** The entry with this id. @throws if there is none: ids come from the catalog. */
export function find<T extends { readonly id: string }>(registry: readonly T[], id: string): T {
  const found = registry.find((entry) => entry.id === id);
  if (!found) throw new Error(`no ${id} among ${registry.map((entry) => entry.id)}`);
  return found;
}

/** @param availableTexts ids of the text corpora whose files exist
 *  @param fast true on a graphics card: a larger model, more text per step */
export function buildCatalog(availableTexts: readonly string[], preset: ModelPreset, fast: boolean): Catalog {
  return {
    corpora: corpora.map(({ id, label, explanation, kind, language, prompt }) => {
      const available = kind === 'generated' || availableTexts.includes(id);
      return { id, label, explanation, kind, language, prompt, available };
    }),
    tokenizers: entries(tokenizers),
    objectives: objectives.map(({ id, label, explanation, fields, writesOn, attention }) => {
      return { id, label, explanation, fields, writesOn, attention };
    }),
    maskingUnits: entries(maskingUnits),
    families: families.map(({ id, label, explanation, own }) => ({ id, label, explanation, own })),
    norms: entries(norms),
    attentions: entries(attentions),
    positions: entries(positionSchemes),
    schedules: entries(schedules),
    activations: entries(activationChoices),
    precisions: entries(precisions),
    presets,
    fields,
    defaults: defaultRun(preset, fast, availableTexts.includes(mobyDick.id)),
  };
}

function defaultRun(preset: ModelPreset, fast: boolean, hasMobyDick: boolean): RunConfiguration {
  return {
    corpus: hasMobyDick ? mobyDick.id : arithmetic.id,
    tokenizer: characters.id,
    vocabulary: 1024,
    objective: nextToken.id,
    masking: { rate: 0.15, maskShare: 0.8, randomShare: 0.1, unit: token.id },
    model: preset.model,
    optimizer: {
      learningRate: fast ? 0.002 : 0.005,
      beta1: 0.9,
      beta2: 0.95,
      epsilon: 1e-8,
      weightDecay: 0.1,
      clip: 1,
    },
    schedule: {
      kind: cosine.id,
      warmupSteps: fast ? 50 : 10,
      totalSteps: fast ? 2000 : 1000,
      finalRatio: 0.1,
    },
    training: {
      batch: fast ? 32 : 8,
      accumulation: 1,
      dropout: 0,
      seed: 1337,
      evaluationInterval: fast ? 50 : 20,
      activations: kept.id,
      precision: single.id,
    },
  };
}
