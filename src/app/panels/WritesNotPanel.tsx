/** Why a model that fills blanks has nothing to write, and where one is that can. */
import { useWords } from '../i18n/use-words.ts';
import { useApp } from '../store/use-app.ts';
import classes from './WritingPanel.module.css';

export function WritesNotPanel() {
  const { t, label } = useWords();
  const writer = useApp((state) => state.session.catalog?.objectives.find(({ writesOn }) => writesOn));
  if (!writer) return null;
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('blanks.writesNot')}</h2>
      <p className={classes.lead}>{t('blanks.writesNotLead', { objective: label(writer.label) })}</p>
    </div>
  );
}
