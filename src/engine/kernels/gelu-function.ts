/** Twin of shaders/lib/gelu.wgsl in double precision: GELU and its derivative. */

const tanhScale = Math.sqrt(2 / Math.PI);

/** 1: tanh approximation (GPT-2). 2: exact, by erf (BERT). */
export type GeluKind = 1 | 2;

export function geluValue(x: number, kind: number): number {
  if (kind === 1) return 0.5 * x * (1 + Math.tanh(tanhScale * (x + 0.044715 * x * x * x)));
  return 0.5 * x * (1 + erf(x * Math.SQRT1_2));
}

export function geluSlope(x: number, kind: number): number {
  if (kind === 1) {
    const t = Math.tanh(tanhScale * (x + 0.044715 * x * x * x));
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * tanhScale * (1 + 3 * 0.044715 * x * x);
  }
  return 0.5 * (1 + erf(x * Math.SQRT1_2)) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** Error function to about 1e-15: Taylor series near zero, Lentz's continued fraction for erfc beyond. */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 6) return Math.sign(x);
  return Math.sign(x) * (z < 2.5 ? erfSeries(z) : 1 - erfcFraction(z));
}

/** erf z = 2/√π · e^(−z²) · Σ 2ⁿ z^(2n+1) / (2n+1)!!: all terms positive, no cancellation. */
function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** erfc z = e^(−z²)/√π · 1/(z + (1/2)/(z + 1/(z + (3/2)/(z + …)))). */
function erfcFraction(z: number): number {
  let fraction = z;
  for (let n = 60; n >= 1; n--) fraction = z + n / 2 / fraction;
  return Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction;
}
