/** What the settings come to: parameters, bytes, time; and how that differs from the run in place. */
import type { ModelPlan } from '../../contract/messages.ts';
import { Rich } from '../controls/Rich.tsx';
import { useWords, type Words } from '../i18n/use-words.ts';
import { useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

export function CostFigures() {
  const words = useWords();
  const { t, number, bytes, significant } = words;
  const plan = useApp((state) => state.settings.plan);
  const runPlan = useApp((state) => state.session.run?.plan);
  const kind = useApp((state) => state.session.backend?.kind);
  if (!plan) return null;
  const where = t(kind === 'webgpu' ? 'model.gpu' : 'model.ram');
  const change = runPlan && changeOf(plan, runPlan, words);
  return (
    <div role="status">
      <div className={classes.sum}>
        <span>
          <Rich text={t('model.parameters', { amount: number(plan.parameters) })} />
        </span>
        <span>
          <Rich text={t('model.memory', { amount: bytes(plan.bytes), where })} />
        </span>
        {plan.stepMs !== undefined && (
          <span>
            <Rich text={t('cost.step', { ms: significant(plan.stepMs, 2) })} />
          </span>
        )}
      </div>
      {change && <p className={classes.change}>{change}</p>}
    </div>
  );
}

/** The difference in words; undefined where there is none. */
function changeOf(plan: ModelPlan, run: ModelPlan, { t, number, bytes, significant }: Words): string | undefined {
  if (plan.parameters === run.parameters && plan.bytes === run.bytes) return undefined;
  const signed = (difference: number, text: string) => `${difference < 0 ? '\u2212' : '+'}${text}`;
  const parameters = plan.parameters - run.parameters;
  const size = plan.bytes - run.bytes;
  const share = plan.stepMs !== undefined && run.stepMs ? plan.stepMs / run.stepMs : 1;
  return t('cost.change', {
    parameters: signed(parameters, number(Math.abs(parameters))),
    bytes: signed(size, bytes(Math.abs(size))),
    time: `\u00d7${significant(share)}`,
  });
}
