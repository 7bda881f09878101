/** Numbers of 16 bits (IEEE 754 binary16) in JavaScript, which browsers are only learning: to bits, back, and rounded. */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest number of 16 bits, the even one of two; infinity from 65,520 on. */
function toBits(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00);
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Below 2⁻¹⁴ halves are multiples of 2⁻²⁴.
  if (magnitude < 0x38800000) return sign | roundToEven(Math.abs(float[0]) * 2 ** 24);
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function fromBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

export function encodeHalves(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  // Devices take whole words of four bytes.
  const halves = new Uint16Array(values.length + (values.length % 2));
  for (let i = 0; i < values.length; i++) halves[i] = toBits(values[i]);
  return halves;
}

export function decodeHalves(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = fromBits(halves[i]);
  return values;
}

/** What is left of numbers that half precision has stored. */
export function roundToHalves(values: { readonly length: number; [index: number]: number }): void {
  for (let i = 0; i < values.length; i++) values[i] = fromBits(toBits(values[i]));
}
