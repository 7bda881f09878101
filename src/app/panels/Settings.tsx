/** Everything that can be set before training: text, model, training. */
import { useDeferredValue } from 'react';
import { useApp } from '../store/use-app.ts';
import { ModelPanel } from './ModelPanel.tsx';
import { ObjectivePanel } from './ObjectivePanel.tsx';
import { RestartLine } from './RestartLine.tsx';
import classes from './Settings.module.css';
import { TextPanel } from './TextPanel.tsx';
import { TrainingPanel } from './TrainingPanel.tsx';

interface SettingsProps {
  /** Sections start folded where the page is one column. */
  readonly areFolded?: boolean;
}

export function Settings({ areFolded = false }: SettingsProps) {
  const isReady = useDeferredValue(useApp((state) => state.settings.draft !== undefined));
  if (!isReady) return <div className={classes.settings} />;
  return (
    <div className={classes.settings}>
      {!areFolded && <RestartLine />}
      <TextPanel isOpenAtFirst={!areFolded} />
      <ObjectivePanel isOpenAtFirst={!areFolded} />
      <ModelPanel isOpenAtFirst={!areFolded} />
      <TrainingPanel isOpenAtFirst={!areFolded} />
    </div>
  );
}
