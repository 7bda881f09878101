/** How a masked model filled the blanks of one held-out text over time, hung from their steps. */
import type { BlankPrediction } from '../../contract/results.ts';
import classes from './Fills.module.css';
import hung from './Samples.module.css';
import { visibleText } from './shade.ts';

interface HungFill {
  /** 'Step 100' */
  readonly title: string;
  /** '7 of 9 right'; empty where training has not come so far. */
  readonly score: string;
  readonly prediction?: BlankPrediction;
}

interface FillsProps {
  readonly fills: readonly HungFill[];
  readonly label: string;
  /** Said where there is no text yet. */
  readonly notYet: string;
  /** Said of a guess that is not what stood there. */
  readonly wrong: (truth: string) => string;
}

export function Fills({ fills, label, notYet, wrong }: FillsProps) {
  return (
    <ul className={hung.row} aria-label={label}>
      {fills.map(({ title, score, prediction }) => (
        <li key={title} className={hung.sample} data-empty={!prediction || undefined}>
          <h3 className={hung.title}>
            {title}
            {score && <span className={classes.score}> · {score}</span>}
          </h3>
          <p className={`${hung.text} ${classes.text}`}>
            {prediction ? <Filled {...{ prediction, wrong }} /> : <span className={hung.spoken}>{notYet}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Filled({ prediction, wrong }: { readonly prediction: BlankPrediction; readonly wrong: FillsProps['wrong'] }) {
  const blanks = new Map(prediction.blanks.map((blank) => [blank.position, blank]));
  return (
    <>
      {prediction.tokens.map((token, position) => {
        const blank = blanks.get(position);
        const key = `token ${position}`;
        if (!blank) return <span key={key}>{token.text}</span>;
        const guess = blank.candidates[0]?.token;
        if (guess && isFilledRightly(blank)) return <b key={key}>{visibleText(guess.text)}</b>;
        return (
          <s key={key} title={wrong(visibleText(blank.truth?.token.text ?? ''))}>
            {visibleText(guess?.text ?? '')}
          </s>
        );
      })}
    </>
  );
}

/** True where the most probable token is the one that stood there. */
export function isFilledRightly({ candidates, truth }: BlankPrediction['blanks'][number]): boolean {
  return truth !== undefined && candidates[0]?.token.id === truth.token.id;
}
