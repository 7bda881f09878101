/** The text to learn from: a built-in corpus or the user's own, how it is cut into tokens, and how long it is. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import inputs from '../controls/inputs.module.css';
import { Section } from '../controls/Section.tsx';
import { nounOf, useWords } from '../i18n/use-words.ts';
import { ChevronIcon, PasteIcon } from '../icons.tsx';
import { readingOf } from '../store/reading.ts';
import { ownCorpus } from '../store/settings.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { CorpusMend } from './CorpusMend.tsx';
import { FieldChoice } from './FieldChoice.tsx';
import { PasteBox } from './PasteBox.tsx';
import { ReadingLine } from './ReadingLine.tsx';
import classes from './Settings.module.css';
import { TokenizerChoice } from './TokenizerChoice.tsx';

interface PanelProps {
  readonly isOpenAtFirst: boolean;
}

export function TextPanel({ isOpenAtFirst }: PanelProps) {
  const { t, bytes } = useWords();
  const [isPasting, setPasting] = useState(false);
  const corpus = useApp((state) => state.session.run?.corpus);
  const isReadingText = useApp((state) => readingOf(state) !== undefined);
  return (
    <Section
      title={t('text.title')}
      place="corpus"
      mend={<CorpusMend />}
      summary={corpus && bytes(corpus.bytes)}
      isOpenAtFirst={isOpenAtFirst}
    >
      <CorpusSelect />
      <FieldChoice />
      {corpus && !isPasting && <Excerpt text={corpus.excerpt} />}
      {isReadingText ? (
        <ReadingLine />
      ) : isPasting ? (
        <PasteBox close={() => setPasting(false)} />
      ) : (
        <button type="button" className={classes.drop} onClick={() => setPasting(true)}>
          <PasteIcon />
          {t('text.paste')}
        </button>
      )}
      <TokenizerChoice />
      <CorpusFigures />
    </Section>
  );
}

function Excerpt({ text }: { readonly text: string }) {
  const { t } = useWords();
  return (
    <blockquote
      className={classes.excerpt}
      aria-label={t('text.excerpt')}
      lang={/\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en'}
    >
      {text.split('\n').slice(0, 4).join('\n')}
    </blockquote>
  );
}

function CorpusSelect() {
  const { t, label } = useWords();
  const { set } = useActions();
  const corpora = useApp((state) => state.session.catalog?.corpora) ?? [];
  const chosen = useApp((state) => state.settings.draft?.corpus);
  const ownText = useApp((state) => state.settings.ownText);
  const data = corpora.map((entry) => ({
    value: entry.id,
    label: entry.available ? label(entry.label) : t('text.unavailable', { label: label(entry.label) }),
    disabled: !entry.available,
  }));
  const own = ownText ? [{ value: ownCorpus, label: ownText.name || t('text.own'), disabled: false }] : [];
  return (
    <NativeSelect
      classNames={{ input: inputs.input }}
      rightSection={<ChevronIcon />}
      aria-label={t('text.corpus')}
      data={[...data, ...own]}
      value={chosen}
      onChange={({ currentTarget }) => set('corpus', currentTarget.value)}
    />
  );
}

function CorpusFigures() {
  const { t, number, percent } = useWords();
  const run = useApp((state) => state.session.run);
  if (!run) return null;
  const { tokens, validationTokens } = run.corpus;
  const noun = nounOf(run.configuration.tokenizer);
  const { vocabulary } = run.plan;
  return (
    <div className={classes.below}>
      <div className={classes.sum}>
        <span>{t('text.length')}</span>
        <span>{t('text.lengthValue', { amount: number(tokens), share: percent(validationTokens / tokens) })}</span>
      </div>
      <div className={classes.sum}>
        <span>{t('text.vocabulary')}</span>
        <b>{t(`nouns.${noun}`, { count: vocabulary, amount: number(vocabulary) })}</b>
      </div>
    </div>
  );
}
