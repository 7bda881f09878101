/** Sorts the positions of a batch by token, for the backward pass of the embedding. */

/** Counting sort, stable: the positions of token v are order[starts[v] .. starts[v+1]).
 *  @param tokens in [0, vocabulary)
 *  @param order as long as tokens
 *  @param starts vocabulary + 1 long */
export function sortTokens(tokens: Int32Array, vocabulary: number, order: Int32Array, starts: Int32Array): void {
  starts.fill(0);
  for (let i = 0; i < tokens.length; i++) starts[tokens[i] + 1] += 1;
  for (let v = 0; v < vocabulary; v++) starts[v + 1] += starts[v];
  for (let i = 0; i < tokens.length; i++) {
    order[starts[tokens[i]]] = i;
    starts[tokens[i]] += 1;
  }
  starts.copyWithin(1, 0, vocabulary);
  starts[0] = 0;
}
