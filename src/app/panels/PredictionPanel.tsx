/** What it predicts: how unsure it is as a count, the prompt and its candidates, and the way here over training. */
import { BlankView } from './BlankView.tsx';
import classes from './PredictionPanel.module.css';
import { PromptInput } from './PromptInput.tsx';
import { PromptView } from './PromptView.tsx';
import { RulerView } from './RulerView.tsx';
import { Sentence } from './Sentence.tsx';
import { useFillsBlanks } from './use-fills-blanks.ts';

export function PredictionPanel() {
  const fills = useFillsBlanks();
  return (
    <div className={classes.panel}>
      <Sentence />
      <PromptInput />
      {fills ? <BlankView /> : <PromptView />}
      <RulerView />
    </div>
  );
}
