/** What can be done about a text that can't be read as it is. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

const asPlain = ['corpus-malformed', 'corpus-record-too-long', 'corpus-no-field'];
const byOther = ['corpus-binary', 'corpus-too-large', 'corpus-unreadable'];

export function CorpusMend() {
  const { t } = useWords();
  const { readAgain, giveFile, keepRun } = useActions();
  const problem = useApp((state) => state.problems.corpus);
  const isFile = useApp(({ settings }) => typeof (settings.refused ?? settings.ownText)?.content === 'object');
  if (problem?.code === 'vocabulary-too-large') return <FewerPieces possible={Number(problem.values.possible)} />;
  if (!problem || !isFile) return null;
  const { code, values } = problem;
  const isUndecodable = code === 'corpus-undecodable';
  const isPlainOffered = asPlain.includes(code);
  if (byOther.includes(code)) {
    return (
      <div className={classes.mend}>
        <FileButton label={t('problems.otherFile')} onChoose={giveFile} />
      </div>
    );
  }
  if (!isUndecodable && !isPlainOffered) return null;
  return (
    <div className={classes.mend}>
      {values.alternative === 'gb18030' && (
        <ActionButton size="small" onClick={() => readAgain({ decoding: 'gb18030' })}>
          {t('problems.readGb18030')}
        </ActionButton>
      )}
      {isUndecodable && (
        <ActionButton size="small" onClick={() => readAgain({ decoding: 'replace' })}>
          {t('problems.replaceInvalid')}
        </ActionButton>
      )}
      {isPlainOffered && (
        <ActionButton size="small" onClick={() => readAgain({ isPlain: true })}>
          {t('problems.takePlain')}
        </ActionButton>
      )}
      <ActionButton size="small" onClick={keepRun}>
        {t('problems.leaveFile')}
      </ActionButton>
    </div>
  );
}

/** As many pieces as the text has. */
function FewerPieces({ possible }: { readonly possible: number }) {
  const { t, number } = useWords();
  const { set } = useActions();
  return (
    <div className={classes.mend}>
      <ActionButton size="small" onClick={() => set('vocabulary', possible)}>
        {t('problems.learnFewer', { amount: number(possible) })}
      </ActionButton>
    </div>
  );
}
