/** Tokens in as few bytes each as the vocabulary allows, collected without knowing how many will come. */

export type TokenArray = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** Room asked for beyond what the tokens so far let expect. */
const margin = 1.02;
/** Least growth, where the expectation was wrong. */
const growth = 1.5;

export class TokenList {
  private tokens: TokenArray;
  private length = 0;

  /** @param vocabulary number of ids: 1 byte each up to 256, 2 up to 65,536, 4 above */
  constructor(private readonly vocabulary: number) {
    this.tokens = this.allocate(0);
  }

  /** @param share how much of the text these tokens and those before are, above 0, to 1 */
  append(ids: Int32Array, share: number): void {
    const length = this.length + ids.length;
    if (length > this.tokens.length) {
      const least = this.tokens.length === 0 ? length : Math.max(length, this.length * growth);
      const larger = this.allocate(Math.ceil(Math.max(least, share < 1 ? (length / share) * margin : length)));
      larger.set(this.tokens.subarray(0, this.length));
      this.tokens = larger;
    }
    this.tokens.set(ids, this.length);
    this.length = length;
  }

  /** A view of the tokens; the list is not to be used any more. */
  finish(): TokenArray {
    return this.tokens.subarray(0, this.length);
  }

  private allocate(length: number): TokenArray {
    if (this.vocabulary <= 0x100) return new Uint8Array(length);
    return this.vocabulary <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
  }
}
