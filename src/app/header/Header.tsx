/** The head of the page: its name, the objective, the controls of training, status, backend, language, theme. */
import { useWords } from '../i18n/use-words.ts';
import { PresentIcon, Wordmark } from '../icons.tsx';
import { type Layout, useTightHeader } from '../layout.ts';
import { RunInView } from '../store/RunScope.tsx';
import { BackendChip } from './BackendChip.tsx';
import classes from './Header.module.css';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { ObjectiveSwitch } from './ObjectiveSwitch.tsx';
import { ShareButton } from './ShareButton.tsx';
import { StatusText } from './StatusText.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { TrainButtons } from './TrainButtons.tsx';

interface HeaderProps {
  readonly layout: Layout;
  readonly present: () => void;
}

export function Header({ layout, present }: HeaderProps) {
  const { t } = useWords();
  const isNarrow = layout === 'narrow';
  const isTight = useTightHeader();
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.brand}>
          <Wordmark />
          <span>{t('product')}</span>
        </h1>
        {!isNarrow && <ObjectiveSwitch />}
        {!isNarrow && (
          <RunInView>
            <TrainButtons />
            <StatusText isShort={isTight} />
          </RunInView>
        )}
        <span className={classes.grow} />
        {!isNarrow && <BackendChip />}
        <div className={classes.switches}>
          <LanguageSwitch />
          {isTight ? (
            <MoreMenu />
          ) : (
            <>
              <ThemeSwitch />
              <ShareButton />
            </>
          )}
          {!isNarrow && (
            <button
              id="present"
              type="button"
              className={classes.icon}
              aria-label={t('present.enter')}
              onClick={present}
            >
              <PresentIcon />
            </button>
          )}
        </div>
      </header>
      {isNarrow && (
        <section className={classes.second} aria-label={t('header.objective')}>
          <ObjectiveSwitch />
          <BackendChip />
        </section>
      )}
    </>
  );
}
