/** Everything it wrote by itself along the run, by step, folded until asked for. */
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { useActions, usePaced } from '../store/use-app.ts';
import classes from './SampleGallery.module.css';

const selectSamples = (state: AppState) => state.prediction.samples;

export function SampleGallery() {
  const { t, number } = useWords();
  const { viewStep } = useActions();
  const samples = usePaced(selectSamples, 500);
  const [isOpen, { toggle }] = useDisclosure(false);
  const listId = useId();
  if (samples.length === 0) return null;
  return (
    <div className={classes.gallery}>
      <button type="button" className={classes.fold} aria-expanded={isOpen} aria-controls={listId} onClick={toggle}>
        {t(isOpen ? 'gallery.close' : 'gallery.open', { count: samples.length, amount: number(samples.length) })}
      </button>
      <ol id={listId} className={classes.list} hidden={!isOpen}>
        {isOpen &&
          samples.map(({ step, prompt, text }) => (
            <li key={step} className={classes.sample}>
              <button type="button" className={classes.step} onClick={() => viewStep(step)}>
                {t('ruler.step', { step: number(step) })}
              </button>
              <p className={classes.text}>
                <span className={classes.prompt}>{prompt}</span>
                {text}
              </p>
            </li>
          ))}
      </ol>
    </div>
  );
}
