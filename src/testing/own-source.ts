/** Texts of the user's own, as the page would send them. */
import type { TextSource } from '../contract/messages.ts';

let lastId = 0;

/** A source of its own at each call. */
export function ownSource(content: Blob | string, how: Partial<TextSource> = {}): TextSource {
  lastId += 1;
  return { id: lastId, content, name: '', decoding: 'strict', isPlain: false, ...how };
}
