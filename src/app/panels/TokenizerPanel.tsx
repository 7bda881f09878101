/** Looks into the tokenizer: a text cut into tokens, what each script costs, and what was learnt in its order. */
import { useEffect } from 'react';
import { ActionButton } from '../controls/ActionButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { nounOf, useWords } from '../i18n/use-words.ts';
import { useActions, useApp, useAppStore } from '../store/use-app.ts';
import { PieceList } from './PieceList.tsx';
import { ScriptTable } from './ScriptTable.tsx';
import { SentenceInput } from './SentenceInput.tsx';
import classes from './TokenizerPanel.module.css';
import { TokenView } from './TokenView.tsx';

export default function TokenizerPanel() {
  const { t } = useWords();
  const tokenizer = useApp((state) => state.session.run?.configuration.tokenizer);
  const tokenized = useApp((state) => state.vocabulary.tokenized);
  const learns = nounOf(tokenizer) === 'tokens';
  useAnswers(learns);
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('tokenizer.title')}</h2>
      <Lead />
      <TextControls canSave={learns} />
      <ProblemLine place="tokens" />
      <div className={classes.columns}>
        <div className={classes.column}>
          {tokenized ? <TokenView tokenized={tokenized} /> : <p className={classes.note}>{t('tokenizer.waiting')}</p>}
          {tokenized && <ScriptTable tokenized={tokenized} />}
        </div>
        {learns && <PieceList />}
      </div>
    </div>
  );
}

/** Asks when it opens, and anew about every run. */
function useAnswers(learns: boolean) {
  const store = useAppStore();
  const run = useApp((state) => state.session.run);
  useEffect(() => {
    const { vocabulary, problems } = store.getState();
    if (!run) return;
    if (!vocabulary.tokenized && !problems.tokens) store.actions.askTokens(vocabulary.sentence);
    if (!vocabulary.pieces && learns) store.actions.askPieces(vocabulary.query, 0);
  }, [store, run, learns]);
}

/** What kind of tokenizer it is, in the words of its choice. */
function Lead() {
  const { t, label } = useWords();
  const chosen = useApp((state) => state.session.run?.configuration.tokenizer);
  const entry = useApp((state) => state.session.catalog?.tokenizers.find(({ id }) => id === chosen));
  const own = useApp((state) => state.settings.ownTokenizers.find(({ id }) => id === chosen));
  if (own) {
    const kind = t(`tokenizer.kind.${own.kind}`);
    return <p className={classes.lead}>{t('tokenizer.fromFile', { kind, name: own.name })}</p>;
  }
  return <p className={classes.lead}>{entry && label(entry.explanation)}</p>;
}

function TextControls({ canSave }: { readonly canSave: boolean }) {
  const { t } = useWords();
  const { askTokens, saveTokenizer } = useActions();
  const sentence = useApp((state) => state.vocabulary.sentence);
  const prompt = useApp((state) => state.prediction.prompt);
  return (
    <div className={classes.controls}>
      <div className={classes.source}>
        <Segmented
          label={t('tokenizer.source')}
          segments={[
            { value: 'opening', label: t('tokenizer.opening') },
            { value: 'own', label: t('tokenizer.own') },
          ]}
          value={sentence === undefined ? 'opening' : 'own'}
          onChange={(value) => askTokens(value === 'own' ? prompt : undefined)}
        />
      </div>
      {sentence !== undefined && <SentenceInput name={t('tokenizer.sentence')} value={sentence} onChange={askTokens} />}
      {canSave && (
        <div className={classes.save}>
          <ActionButton size="small" onClick={saveTokenizer}>
            {t('tokenizer.save')}
          </ActionButton>
        </div>
      )}
    </div>
  );
}
