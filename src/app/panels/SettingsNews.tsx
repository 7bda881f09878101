/** What the settings have to say while they are out of sight. */
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { CorpusMend } from './CorpusMend.tsx';
import { ReadingLine } from './ReadingLine.tsx';
import classes from './SettingsNews.module.css';

export function SettingsNews() {
  return (
    <div className={classes.news}>
      <ReadingLine />
      <ProblemLine place="corpus">
        <CorpusMend />
      </ProblemLine>
      <ProblemLine place="tokenizer" />
      <ProblemLine place="objective" />
      <ProblemLine place="model" />
      <ProblemLine place="settings" />
    </div>
  );
}
