/** The backend that the page's address asks for: `?backend=webgpu`, `?backend=cpu`, or neither. */
import type { BackendChoice } from '../contract/messages.ts';

export function chosenBackend(query: string): BackendChoice {
  const asked = new URLSearchParams(query).get('backend');
  return asked === 'cpu' || asked === 'webgpu' ? asked : 'auto';
}

/** The address with another choice in it, all else as it is. */
export function addressWith(address: string, choice: BackendChoice): string {
  const url = new URL(address);
  if (choice === 'auto') url.searchParams.delete('backend');
  else url.searchParams.set('backend', choice);
  return url.href;
}

/** Opens the page anew: a fresh worker, and nothing left of the old backend. */
export function reopenWith(choice: BackendChoice): void {
  const address = addressWith(location.href, choice);
  if (address === location.href) location.reload();
  else location.href = address;
}
