/** How it is trained: what matters most at once, the rest on demand. */
import { useDisclosure } from '@mantine/hooks';
import { Section } from '../controls/Section.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { FieldControl } from './FieldControl.tsx';
import { RegistryChoice } from './RegistryChoice.tsx';
import { ScheduleCurve } from './ScheduleCurve.tsx';
import classes from './Settings.module.css';

interface PanelProps {
  readonly isOpenAtFirst: boolean;
}

/** Fields shown at once; whatever else the catalog has comes under "More settings". */
const leading = ['schedule.totalSteps', 'optimizer.learningRate', 'training.batch', 'training.dropout'];
const closing = ['training.seed'];

export function TrainingPanel({ isOpenAtFirst }: PanelProps) {
  const { t, number } = useWords();
  const [isLong, { toggle }] = useDisclosure(false);
  const all = useApp((state) => state.session.catalog?.fields) ?? [];
  const fields = all.filter(({ tokenizers }) => !tokenizers);
  const steps = useApp((state) => state.settings.draft?.schedule.totalSteps) ?? 0;
  const among = (paths: readonly string[]) => fields.filter(({ path }) => paths.includes(path));
  const more = fields.filter(({ path }) => !path.startsWith('model.') && ![...leading, ...closing].includes(path));
  return (
    <Section
      title={t('training.title')}
      place="settings"
      summary={t('training.summary', { count: steps, amount: number(steps) })}
      isOpenAtFirst={isOpenAtFirst}
    >
      {among(leading).map((field) => (
        <FieldControl key={field.path} field={field} />
      ))}
      <ScheduleChoice />
      {among(closing).map((field) => (
        <FieldControl key={field.path} field={field} />
      ))}
      {isLong && more.map((field) => <FieldControl key={field.path} field={field} />)}
      {isLong && <MemoryChoices />}
      {more.length > 0 && (
        <button type="button" className={classes.more} aria-expanded={isLong} onClick={toggle}>
          {t(isLong ? 'training.fewer' : 'training.more')}
        </button>
      )}
    </Section>
  );
}

function ScheduleChoice() {
  const { t } = useWords();
  const { set } = useActions();
  const schedules = useApp((state) => state.session.catalog?.schedules) ?? [];
  const schedule = useApp((state) => state.settings.draft?.schedule);
  if (!schedule) return null;
  return (
    <RegistryChoice
      name={t('training.schedule')}
      entries={schedules}
      value={schedule.kind}
      onChange={(id) => set('schedule.kind', id)}
      drawing={<ScheduleCurve schedule={schedule} />}
    />
  );
}

/** What is kept, and how exactly. */
function MemoryChoices() {
  const { t } = useWords();
  const { set } = useActions();
  const catalog = useApp((state) => state.session.catalog);
  const chosen = useApp((state) => state.settings.draft?.training);
  const refusal = useApp((state) => state.settings.plan?.halfRefusal);
  if (!catalog || !chosen) return null;
  return (
    <>
      <RegistryChoice
        name={t('training.activations')}
        entries={catalog.activations}
        value={chosen.activations}
        onChange={(id) => set('training.activations', id)}
      />
      <RegistryChoice
        name={t('training.precision')}
        entries={catalog.precisions}
        value={chosen.precision}
        onChange={(id) => set('training.precision', id)}
      />
      {refusal && (
        <p role="status" className={classes.change}>
          {t(`precision.${refusal}`)}
        </p>
      )}
    </>
  );
}
