/** How the text is cut into tokens: a tokenizer that learns from it, with its numbers, or one out of a file. */
import { Explained } from '../controls/Explained.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import buttons from '../controls/text-button.module.css';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { FieldControl } from './FieldControl.tsx';
import classes from './Settings.module.css';

export function TokenizerChoice() {
  const { t, label } = useWords();
  const { set, loadTokenizer } = useActions();
  const tokenizers = useApp((state) => state.session.catalog?.tokenizers) ?? [];
  const chosen = useApp((state) => state.settings.draft?.tokenizer);
  const explanation = tokenizers.find(({ id }) => id === chosen)?.explanation;
  return (
    <>
      <Explained label={t('text.tokenizer')} explanation={explanation && label(explanation)}>
        {() => (
          <Segmented
            label={t('text.tokenizer')}
            segments={tokenizers.map((entry) => ({ value: entry.id, label: label(entry.label) }))}
            value={chosen ?? ''}
            onChange={(id) => set('tokenizer', id)}
          />
        )}
      </Explained>
      <TokenizerFields />
      <div className={classes.mend}>
        <FileButton label={t('tokenizer.load')} accept=".json" onChoose={loadTokenizer} />
      </div>
      <OwnTokenizer />
      <ProblemLine place="tokenizer" />
    </>
  );
}

function TokenizerFields() {
  const fields = useApp((state) => state.session.catalog?.fields) ?? [];
  const chosen = useApp((state) => state.settings.draft?.tokenizer) ?? '';
  return fields
    .filter(({ tokenizers }) => tokenizers?.includes(chosen))
    .map((field) => <FieldControl key={field.path} field={field} />);
}

/** The tokenizer out of a file that is chosen; where none is, a way back to the latest. */
function OwnTokenizer() {
  const { t, number } = useWords();
  const { set } = useActions();
  const own = useApp((state) => state.settings.ownTokenizers);
  const chosen = useApp((state) => state.settings.draft?.tokenizer);
  const present = own.find(({ id }) => id === chosen);
  const latest = own.at(-1);
  if (present) {
    const kind = t(`tokenizer.kind.${present.kind}`);
    const pieces = t('nouns.tokens', { count: present.vocabulary, amount: number(present.vocabulary) });
    return <p className={classes.change}>{t('tokenizer.chosen', { name: present.name, kind, pieces })}</p>;
  }
  if (!latest) return null;
  return (
    <button type="button" className={buttons.button} onClick={() => set('tokenizer', latest.id)}>
      {t('tokenizer.again', { name: latest.name })}
    </button>
  );
}
