/** The head of the page: its name, the objective, the controls of training, status, backend, language, theme. */
import { useWords } from '../i18n/use-words.ts';
import { Wordmark } from '../icons.tsx';
import type { Layout } from '../layout.ts';
import { BackendChip } from './BackendChip.tsx';
import classes from './Header.module.css';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { ObjectiveSwitch } from './ObjectiveSwitch.tsx';
import { StatusText } from './StatusText.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { TrainButtons } from './TrainButtons.tsx';

interface HeaderProps {
  readonly layout: Layout;
}

export function Header({ layout }: HeaderProps) {
  const { t } = useWords();
  const isNarrow = layout === 'narrow';
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.brand}>
          <Wordmark />
          <span>{t('product')}</span>
        </h1>
        {!isNarrow && <ObjectiveSwitch />}
        {!isNarrow && <TrainButtons />}
        {!isNarrow && <StatusText />}
        <span className={classes.grow} />
        {!isNarrow && <BackendChip />}
        <div className={classes.switches}>
          <LanguageSwitch />
          <ThemeSwitch />
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
