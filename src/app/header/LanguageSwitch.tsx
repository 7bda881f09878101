/** The other language, by its own name. */
import { chooseLanguage } from '../i18n/index.ts';
import { useWords } from '../i18n/use-words.ts';
import classes from './Header.module.css';

export function LanguageSwitch() {
  const { t, language } = useWords();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className={classes.icon} lang={other} onClick={() => chooseLanguage(other)}>
      {t('language.other')}
    </button>
  );
}
