/** True where the present run is a model that fills blanks. */
import { fillsBlanks } from '../store/architecture.ts';
import { useApp } from '../store/use-app.ts';

export function useFillsBlanks(): boolean {
  return useApp((state) => fillsBlanks(state.session.catalog, state.session.run?.configuration));
}
