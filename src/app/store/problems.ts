/** The problems on show, one per place; a success in the same place takes its problem away. */
import type { Event, Problem } from '../../contract/messages.ts';

export type Place = Problem['where'];
export type ProblemsState = Readonly<Partial<Record<Place, Problem>>>;

/** Where it is said what is wrong with the settings of a run: none is prepared until they are others. */
export const settingPlaces = ['corpus', 'objective', 'model', 'settings'] as const satisfies readonly Place[];

export const initialProblems: ProblemsState = {};

/** The problems after an event. */
export function reduceProblems(state: ProblemsState, event: Event): ProblemsState {
  switch (event.type) {
    case 'problem':
      return { ...state, [event.problem.where]: event.problem };
    case 'prepared':
      return without(state, [
        ...settingPlaces,
        'tokenizer',
        'tokens',
        'training',
        'prompt',
        'labels',
        'speed',
        'weights',
      ]);
    case 'comparing':
      return without(state, [...settingPlaces, 'prompt']);
    case 'planned':
      return without(state, ['objective', 'model', 'settings']);
    case 'tokenized':
      return without(state, ['tokens']);
    case 'labels':
      return without(state, ['labels']);
    case 'loaded':
    case 'weights':
      return without(state, ['weights']);
    case 'points':
      return without(state, ['training']);
    default:
      return state;
  }
}

export function isAboutSettings(where: Place): boolean {
  return settingPlaces.some((place) => place === where);
}

/** The problems without those of some places. */
export function without(state: ProblemsState, places: readonly Place[]): ProblemsState {
  if (!places.some((place) => state[place])) return state;
  return Object.fromEntries(Object.entries(state).filter(([place]) => !places.includes(place as Place)));
}
