/** Sizes configurations for the text last read, and estimates their steps from the speed that was last measured. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { ModelPlan } from '../../contract/messages.ts';
import { bytes } from '../data/tokenizers/bytes.ts';
import { withSpecialTokens } from '../data/tokenizers/special-tokens.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { objectives } from '../objectives/index.ts';
import type { Backend } from '../program/program.ts';
import { find } from './catalog.ts';
import { describePlan, planRun, stepFlops } from './prepare.ts';
import type { SessionPlan } from './session.ts';

export class Planner {
  /** The tokenizer of the text last read. */
  tokenizer: Tokenizer = bytes.begin().build();
  private flopsPerMs: number | undefined;

  /** @param stepMs duration of a step of this configuration */
  measured(configuration: RunConfiguration, stepMs: number, backend: Backend): void {
    this.flopsPerMs = stepFlops(this.planOf(configuration, backend)) / stepMs;
  }

  /** @throws ProblemError for a configuration that can't run on this device */
  plan(configuration: RunConfiguration, backend: Backend): ModelPlan {
    const plan = this.planOf(configuration, backend);
    const stepMs = this.flopsPerMs === undefined ? undefined : stepFlops(plan) / this.flopsPerMs;
    return describePlan(configuration, plan, stepMs);
  }

  private planOf(configuration: RunConfiguration, backend: Backend): SessionPlan {
    const { specials } = find(objectives, configuration.objective);
    return planRun(configuration, withSpecialTokens(this.tokenizer, specials).vocabulary, backend);
  }
}
