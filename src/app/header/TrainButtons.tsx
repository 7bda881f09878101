/** Train or pause, one step, and fresh weights. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../icons.tsx';
import { isReading, wholeShare } from '../store/reading.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Header.module.css';

interface TrainButtonsProps {
  /** Large where the buttons lie at the thumb; Reset is only its icon there. */
  readonly size?: 'regular' | 'large';
  /** Train and Step alone. */
  readonly isEssential?: boolean;
}

export function TrainButtons({ size = 'regular', isEssential = false }: TrainButtonsProps) {
  const { t } = useWords();
  const { step } = useActions();
  const status = useApp((state) => state.session.status);
  const canStep = status === 'ready' || status === 'paused' || status === 'failed';
  return (
    <div className={classes.buttons}>
      <TrainButton size={size} />
      <ActionButton size={size} icon={<StepIcon />} isDisabled={!canStep} onClick={step}>
        {t('header.step')}
      </ActionButton>
      {!isEssential && <ResetButton size={size} />}
    </div>
  );
}

function ResetButton({ size }: TrainButtonsProps) {
  const { t } = useWords();
  const { reset } = useActions();
  const hasRun = useApp((state) => state.session.run !== undefined);
  if (size === 'large') {
    return (
      <IconButton label={t('header.reset')} isDisabled={!hasRun} onClick={reset}>
        <ResetIcon />
      </IconButton>
    );
  }
  return (
    <ActionButton size={size} icon={<ResetIcon />} isDisabled={!hasRun} onClick={reset}>
      {t('header.reset')}
    </ActionButton>
  );
}

function TrainButton({ size }: TrainButtonsProps) {
  const { t, number, percent } = useWords();
  const { train, pause } = useActions();
  const status = useApp((state) => state.session.status);
  const hasRun = useApp((state) => state.session.run !== undefined);
  const isConfiguring = useApp((state) => state.session.configuring);
  const progress = useApp((state) => state.session.progress);
  if (status === 'training') {
    return (
      <ActionButton kind="primary" size={size} icon={<PauseIcon />} onClick={pause}>
        {t('header.pause')}
      </ActionButton>
    );
  }
  const isPreparing = !hasRun || isConfiguring;
  const count = progress && progress.total > 1 ? progress : undefined;
  const preparing = !count
    ? t('header.preparing')
    : isReading(count)
      ? t('header.preparingShare', { share: percent(wholeShare(count)) })
      : t('header.preparingCount', { done: number(count.done), total: number(count.total) });
  return (
    <ActionButton
      kind="primary"
      size={size}
      icon={<PlayIcon />}
      isDisabled={isPreparing || status === 'finished'}
      onClick={train}
    >
      {isPreparing ? preparing : t('header.train')}
    </ActionButton>
  );
}
