/** What it predicts: how unsure it is as a count, the prompt and its candidates, and the way here over training. */
import classes from './PredictionPanel.module.css';
import { PromptInput } from './PromptInput.tsx';
import { PromptView } from './PromptView.tsx';
import { RulerView } from './RulerView.tsx';
import { Sentence } from './Sentence.tsx';

export function PredictionPanel() {
  return (
    <div className={classes.panel}>
      <Sentence />
      <PromptInput />
      <PromptView />
      <RulerView />
    </div>
  );
}
