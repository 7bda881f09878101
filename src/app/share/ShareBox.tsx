/** A link that repeats this run elsewhere, and what it holds and doesn't. */
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { sharedSettings, writeLink } from '../store/link.ts';
import { ownCorpus } from '../store/settings.ts';
import { isOwnTokenizer } from '../store/tokenizing.ts';
import { useApp } from '../store/use-app.ts';
import classes from './ShareBox.module.css';

export function ShareBox() {
  const { t } = useWords();
  const shared = useApp(useShallow(sharedSettings));
  const [copied, setCopied] = useState<{ readonly link: string; readonly succeeded: boolean }>();
  if (!shared) return <p className={classes.box}>{t('predict.empty')}</p>;
  const link = writeLink(location.origin + location.pathname, shared);
  const copy = () => {
    const write = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
    write.then(
      () => setCopied({ link, succeeded: true }),
      () => setCopied({ link, succeeded: false }),
    );
  };
  const outcome = copied?.link === link ? copied : undefined;
  return (
    <div className={classes.box}>
      <h2 className={classes.title}>{t('share.title')}</h2>
      <p>{t('share.lead')}</p>
      {shared.configuration.corpus === ownCorpus && <p className={classes.note}>{t('share.custom')}</p>}
      {isOwnTokenizer(shared.configuration.tokenizer) && <p className={classes.note}>{t('share.tokenizer')}</p>}
      <div className={classes.row}>
        <input
          className={classes.link}
          aria-label={t('share.link')}
          readOnly
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <ActionButton onClick={copy}>{t('share.copy')}</ActionButton>
      </div>
      <p role="status" className={classes.outcome}>
        {outcome && t(outcome.succeeded ? 'share.copied' : 'share.failed')}
      </p>
    </div>
  );
}
