/** The prompt that suits a new run, and whether the blanks chosen in it still mean the same tokens. */
import type { AppState } from './state.ts';

/** The state with a prompt for the run that has just been prepared; what the user typed stays.
 *  @param before what the page showed until then */
export function withSuitedPrompt(before: AppState, now: AppState): AppState {
  const { prediction, blanks } = now;
  const prompt = prediction.isPromptOwn ? prediction.prompt : suggestedPrompt(now);
  const isSame = prompt === prediction.prompt;
  const isAlike = isSame && isTokenizedAlike(before, now);
  return {
    ...now,
    prediction: isSame ? prediction : { ...prediction, prompt, position: undefined },
    blanks: isAlike ? blanks : { ...blanks, chosen: undefined, position: undefined },
  };
}

/** The corpus's own prompt, or the first words of the user's text. */
function suggestedPrompt({ session: { run, catalog } }: AppState): string {
  const entry = catalog?.corpora.find(({ id }) => id === run?.configuration.corpus);
  if (entry) return entry.prompt;
  const line = run?.corpus.excerpt.split('\n').find((text) => text.trim() !== '') ?? '';
  return [...line.trim()].slice(0, 24).join('');
}

/** True where both runs cut a prompt into the same tokens. */
function isTokenizedAlike(before: AppState, now: AppState): boolean {
  const [one, other] = [before.session.run?.configuration, now.session.run?.configuration];
  const isSame = (key: 'corpus' | 'tokenizer' | 'vocabulary') => one?.[key] === other?.[key];
  const isSameText = isSame('corpus') && before.settings.runText === now.settings.runText;
  return isSameText && isSame('tokenizer') && isSame('vocabulary');
}
