/** How far the worker is with a long text, and a way to stop it. */
import { useWords } from '../i18n/use-words.ts';
import { readingOf, wholeShare } from '../store/reading.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './ReadingLine.module.css';

export function ReadingLine() {
  const { t, bytes, percent } = useWords();
  const { cancelReading } = useActions();
  const reading = useApp(readingOf);
  if (!reading) return null;
  const { task, done, total } = reading;
  const share = wholeShare(reading);
  const isInBytes = task === 'corpus' || task === 'tokenize';
  return (
    <div className={classes.line}>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t(`tasks.${task}`)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
      >
        <span className={classes.fill} style={{ inlineSize: `${100 * share}%` }} />
        <span className={classes.text}>
          {isInBytes
            ? t('text.readingBytes', { done: bytes(done), total: bytes(total), share: percent(share) })
            : `${t(`tasks.${task}`)} · ${percent(share)}`}
        </span>
      </div>
      <button type="button" className={classes.stop} onClick={cancelReading}>
        {t('text.stopReading')}
      </button>
    </div>
  );
}
