/** How the chance of the right answer rose over training, under its name. */
import { Rich } from '../controls/Rich.tsx';
import { RiseChart } from '../drawings/RiseChart.tsx';
import { visibleText } from '../drawings/shade.ts';
import { useWords } from '../i18n/use-words.ts';
import classes from './PredictionPanel.module.css';
import { spokenText } from './spoken-text.ts';

interface RiseProps {
  /** Text of the right answer. */
  readonly token: string;
  /** [step, chance] in ascending order. */
  readonly chances: readonly (readonly [number, number])[];
  readonly totalSteps: number;
  /** The step in view. */
  readonly step: number;
  readonly mark: 'circle' | 'square';
}

export function Rise({ token, chances, totalSteps, step, mark }: RiseProps) {
  const words = useWords();
  const { t, percent, number } = words;
  return (
    <>
      <h3 className={classes.rise}>
        <Rich text={t('prompt.rise', { token: visibleText(token) })} />
      </h3>
      <RiseChart
        chances={chances}
        totalSteps={totalSteps}
        viewStep={step}
        label={t('prompt.rise', { token: spokenText(token, words) }).replaceAll(/<\/?b>/g, '')}
        mark={mark}
        percent={percent}
        number={number}
      />
    </>
  );
}
