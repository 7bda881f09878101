/** A file that is never there as a whole: its bytes are made when they are read. */

const period = 1 << 16;

/** @param sample repeated for `size` bytes; ASCII
 *  @param onRead called before each read, as with a hook for measurements */
export function generatedFile(sample: string, size: number, onRead: () => void = () => {}): Blob {
  const pattern = new TextEncoder().encode(sample.repeat(Math.ceil(period / sample.length)));
  const file = {
    size,
    slice: (from: number, to: number) => ({
      arrayBuffer: async () => {
        onRead();
        const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
        for (let at = 0; at < bytes.length; ) {
          const start = (from + at) % sample.length;
          const part = pattern.subarray(start, start + bytes.length - at);
          bytes.set(part, at);
          at += part.length;
        }
        return bytes.buffer;
      },
    }),
  };
  // Only these two members are read of a file.
  return file as unknown as Blob;
}
