/** The head of the presentation: name, objective, status, backend, Train and Step, and the way out. */
import { BackendChip } from '../header/BackendChip.tsx';
import header from '../header/Header.module.css';
import { LanguageSwitch } from '../header/LanguageSwitch.tsx';
import { ShareButton } from '../header/ShareButton.tsx';
import { StatusText } from '../header/StatusText.tsx';
import { ThemeSwitch } from '../header/ThemeSwitch.tsx';
import { TrainButtons } from '../header/TrainButtons.tsx';
import { useWords } from '../i18n/use-words.ts';
import { CausalIcon, CloseIcon, CompareIcon, MaskedIcon, Wordmark } from '../icons.tsx';
import { objectiveOf } from '../store/architecture.ts';
import { RunInView } from '../store/RunScope.tsx';
import { useApp } from '../store/use-app.ts';
import classes from './Presentation.module.css';

interface PresentationHeaderProps {
  readonly leave: () => void;
  readonly showHelp: () => void;
}

export function PresentationHeader({ leave, showHelp }: PresentationHeaderProps) {
  const { t } = useWords();
  return (
    <header className={classes.header}>
      <h1 className={header.brand}>
        <Wordmark />
        <span>{t('product')}</span>
      </h1>
      <Objective />
      <span className={header.grow} />
      <RunInView>
        <StatusText />
        <BackendChip />
        <TrainButtons isEssential />
      </RunInView>
      <div className={header.switches}>
        <LanguageSwitch />
        <ThemeSwitch />
        <ShareButton />
        <button type="button" className={header.icon} aria-label={t('present.keys')} onClick={showHelp}>
          ?
        </button>
        <button type="button" className={header.icon} aria-label={t('present.leave')} onClick={leave}>
          <CloseIcon />
        </button>
      </div>
    </header>
  );
}

function Objective() {
  const { t, label } = useWords();
  const isComparing = useApp((state) => state.comparison.isOpen);
  const objective = useApp(({ session }) => session.run && objectiveOf(session.catalog, session.run.configuration));
  if (!objective) return null;
  if (isComparing) {
    return (
      <span className={classes.objective}>
        <CompareIcon />
        {t('compare.title')}
      </span>
    );
  }
  return (
    <span className={classes.objective}>
      {objective.writesOn ? <CausalIcon /> : <MaskedIcon />}
      {label(objective.label)}
    </span>
  );
}
