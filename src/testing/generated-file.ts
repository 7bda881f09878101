/** A file that is never there as a whole: its bytes are made when they are read. */

const period = 1 << 16;

/** @param sample repeated for `size` bytes; ASCII
 *  @param onRead called before each read, as with a hook for measurements */
export function generatedFile(sample: string, size: number, onRead: () => void = () => {}): Blob {
  const pattern = new TextEncoder().encode(sample.repeat(Math.ceil(period / sample.length)));
  return new GeneratedFile(size, (from, to) => {
    onRead();
    const bytes = new Uint8Array(to - from);
    for (let at = 0; at < bytes.length; ) {
      const start = (from + at) % sample.length;
      const part = pattern.subarray(start, start + bytes.length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes.buffer;
  });
}

type Make = (from: number, to: number) => ArrayBuffer;

class GeneratedFile extends Blob {
  constructor(
    override readonly size: number,
    private readonly make: Make,
  ) {
    super();
  }

  override slice(from = 0, to = this.size): Blob {
    const end = Math.min(to, this.size);
    return new GeneratedFile(Math.max(0, end - from), (first, last) => this.make(from + first, from + last));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.make(0, this.size);
  }
}
