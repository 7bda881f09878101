/** What it trains on: the adapter, or the CPU; behind it a menu to choose otherwise. */
import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { BackendChoice, BackendReport } from '../../contract/messages.ts';
import { chosenBackend, reopenWith } from '../backend-address.ts';
import { useWords, type Words } from '../i18n/use-words.ts';
import { ChipIcon, WarningIcon } from '../icons.tsx';
import { isUnwanted } from '../store/session.ts';
import type { AppState } from '../store/state.ts';
import { useApp } from '../store/use-app.ts';
import classes from './Header.module.css';

const choices: readonly BackendChoice[] = ['auto', 'webgpu', 'cpu'];

export function BackendChip() {
  const words = useWords();
  const { t } = words;
  const backend = useApp((state) => state.session.backend);
  const step = useApp(furthestStep);
  /** The choice that waits for the word that the run may go. */
  const [asked, setAsked] = useState<BackendChoice>();
  if (!backend) return null;
  const labels = { auto: t('header.fastest'), webgpu: 'WebGPU', cpu: 'CPU' };
  const chosen = chosenBackend(location.search);
  const choose = (value: string | null) => {
    const choice = choices.find((each) => each === value) ?? 'auto';
    if (step > 0 && choice !== asked) setAsked(choice);
    else reopenWith(choice);
  };
  return (
    <Menu position="bottom-end" width={280} transitionProps={{ duration: 0 }} onClose={() => setAsked(undefined)}>
      <Menu.Target>
        <button
          type="button"
          className={classes.chip}
          data-fallback={isUnwanted(backend) || undefined}
          title={t('header.backend')}
        >
          {isUnwanted(backend) ? <WarningIcon /> : <ChipIcon />}
          <span className={classes.chipText}>{nameOf(backend, words)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('header.backend')}</Menu.Label>
        <Menu.RadioGroup value={chosen} onChange={choose}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick={false}>
              {choice === asked ? t('header.discardRun', { step: words.number(step) }) : labels[choice]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{describe(backend, words)}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

function nameOf(backend: BackendReport, { t }: Words): string {
  if (backend.kind === 'cpu') return t(isUnwanted(backend) ? 'header.cpu' : 'header.cpuChosen');
  const adapter = backend.software ? t('header.software', { adapter: backend.adapter }) : backend.adapter;
  return adapter ? `${adapter} · WebGPU` : 'WebGPU';
}

/** How it computes, and what was measured to choose it. */
function describe({ kind, threads, measured }: BackendReport, { t, number }: Words): string {
  const how = kind === 'webgpu' ? 'WebGPU' : threads ? t('header.threads', { count: threads }) : 'JavaScript';
  if (!measured) return how;
  const [webgpu, cpu] = [measured.webgpuStepMs, measured.cpuStepMs].map((time) =>
    Number.isFinite(time) ? `${number(time)} ms` : t('header.failed'),
  );
  return `${how} · ${t('header.measured', { webgpu, cpu })}`;
}

/** Steps that reopening the page would throw away at most. */
function furthestStep({ session, comparison }: AppState): number {
  return Math.max(session.step, ...comparison.runs.map((run) => run.session.step));
}
