/** The baselines of a run with their names, from the least knowing on; their dashes lengthen with knowledge.
 *  @param fills true of a model that fills blanks: pairs say nothing of a token that is read from both sides */
import type { RunReport } from '../../contract/messages.ts';
import type { Baseline } from '../charts/baseline.ts';
import { capitalized, nounOf, type Words } from '../i18n/use-words.ts';

export function namedBaselines(
  { corpus, plan, configuration }: RunReport,
  fills: boolean,
  { t }: Pick<Words, 't'>,
): Baseline[] {
  const { uniform, unigram, bigram } = corpus.baselines;
  const noun = capitalized(nounOf(configuration.tokenizer));
  const baselines = [
    { name: `${t('loss.uniform')} ln ${plan.vocabulary} =`, value: uniform, dash: '1.5 3' },
    { name: t(`loss.unigram${noun}`), value: unigram, dash: '5 3' },
    { name: t(`loss.bigram${noun}`), value: bigram, dash: '9 3' },
  ];
  return fills ? baselines.slice(0, 2) : baselines;
}

/** What a loss is best compared with: of the baselines that know something of the text, the best that it is below, or else
 *  the first, which it has yet to reach. */
export function nearestBaseline([, ...knowing]: readonly Baseline[], loss: number) {
  const beaten = knowing.filter(({ value }) => loss < value);
  const isBeaten = beaten.length > 0;
  const [baseline] = isBeaten ? beaten.toSorted((one, other) => one.value - other.value) : knowing;
  return { baseline, isBeaten };
}
