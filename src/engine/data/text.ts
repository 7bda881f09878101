/** Makes text from outside uniform: no byte-order mark, line ends as \n. */

export function normalizeText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

const excerptLines = 4;
const excerptCharacters = 160;

/** The first lines of a text, for a preview. */
export function excerptOf(text: string): string {
  const lines = text
    .slice(0, 2000)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const joined = lines.slice(0, excerptLines).join('\n');
  return [...joined].slice(0, excerptCharacters).join('');
}
