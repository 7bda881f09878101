/** Weights to a file and back. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './WritingPanel.module.css';

export function WeightsPanel() {
  const { t } = useWords();
  const { save, load, report } = useActions();
  const hasRun = useApp((state) => state.session.run !== undefined);
  const family = useApp((state) => state.session.run?.configuration.model.family);
  const read = async (file: File) => {
    try {
      load(await file.arrayBuffer());
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      report({ where: 'weights', code: 'weights-corrupt', values: { detail } });
    }
  };
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('weights.title')}</h2>
      <p className={classes.lead}>{t('weights.lead', { layout: family === 'bert' ? 'BertForMaskedLM' : 'GPT-2' })}</p>
      <div className={classes.buttons}>
        <ActionButton isDisabled={!hasRun} onClick={save}>
          {t('weights.save')}
        </ActionButton>
        <FileButton
          size="regular"
          accept=".safetensors"
          isDisabled={!hasRun}
          label={t('weights.load')}
          onChoose={read}
        />
      </div>
      <ProblemLine place="weights" />
    </div>
  );
}
