/** A file the user gave, as the text to learn from or as a problem with it. */
import { decodeText } from '../files.ts';
import type { Actions } from '../store/store.ts';

/** Reads a file and uses its text. */
export async function readTextFile(file: File, { giveText, report }: Actions): Promise<void> {
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    if (typeof text === 'string') giveText({ text, name: file.name });
    else report(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    report({ where: 'corpus', code: 'corpus-unreadable', values: { detail } });
  }
}
