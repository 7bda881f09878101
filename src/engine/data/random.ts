/** Placeholder sequence until the data module lands. */
export class RandomSequence {
  private state: number;
  constructor(seed: number, stream: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
  }
  normal(): number {
    const u = () => {
      this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
      return ((this.state >>> 0) + 0.5) / 2 ** 32;
    };
    return Math.sqrt(-2 * Math.log(u())) * Math.cos(2 * Math.PI * u());
  }
}
