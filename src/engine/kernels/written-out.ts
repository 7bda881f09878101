/** Writes short loops out: not every compiler does (SwiftShader), and arrays that a loop indexes then stay in memory. */

/** Longer loops stay as they are. */
const mostTurns = 16;

/** WGSL in which each loop from 0 to the const `bound`, whose value is `count`, is written out, turn by turn.
 *  @throws if a turn may leave its loop early */
export function writtenOut(text: string, bound: string, count: number): string {
  return count > mostTurns ? text : writeOut(text, bound, count);
}

function writeOut(text: string, bound: string, count: number): string {
  const head = new RegExp(`for \\(var (\\w+) = 0u; \\1 < ${bound}; \\1\\+\\+\\) \\{`).exec(text);
  if (!head) return text;
  const start = head.index + head[0].length;
  const end = closingBrace(text, start);
  const body = text.slice(start, end);
  if (/\b(break|continue)\b/.test(body)) throw new Error(`a loop up to ${bound} is left early`);
  const written = Array.from({ length: count }, (_, turn) => `{ const ${head[1]} = ${turn}u;${body}}`);
  return writeOut(text.slice(0, head.index) + written.join('\n') + text.slice(end + 1), bound, count);
}

/** Where the block that is open at `from` ends. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open += 1;
    if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  throw new Error('a block has no end');
}
