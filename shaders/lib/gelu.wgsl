// GELU and its derivative (Hendrycks & Gimpel 2016). Kind 1: tanh approximation as in GPT-2; kind 2: exact, by erf.
//   tanh: g(x) = x/2 · (1 + tanh u),  u = √(2/π)·(x + 0.044715 x³)
//   erf:  g(x) = x/2 · (1 + erf(x/√2)),  g'(x) = Φ(x) + x·φ(x)

// tanh by way of exp; the argument is clamped, since tanh(100) is NaN on some adapters.
fn boundedTanh(x: f32) -> f32 {
  let e = exp(2.0 * clamp(x, -10.0, 10.0));
  return (e - 1.0) / (e + 1.0);
}

// erf with an absolute error under 1.2e-7 (Numerical Recipes, Chebyshev fit of erfc).
fn erf(x: f32) -> f32 {
  let z = abs(x);
  let t = 1.0 / (1.0 + 0.5 * z);
  let p = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
    + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  let erfc = t * exp(-z * z + p);
  return select(erfc - 1.0, 1.0 - erfc, x >= 0.0);
}

fn geluValue(x: f32, kind: u32) -> f32 {
  if (kind == 1u) {
    return 0.5 * x * (1.0 + boundedTanh(0.7978845608 * (x + 0.044715 * x * x * x)));
  }
  return 0.5 * x * (1.0 + erf(x * 0.7071067812));
}

fn geluSlope(x: f32, kind: u32) -> f32 {
  if (kind == 1u) {
    let t = boundedTanh(0.7978845608 * (x + 0.044715 * x * x * x));
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * 0.7978845608 * (1.0 + 0.134145 * x * x);
  }
  return 0.5 * (1.0 + erf(x * 0.7071067812)) + x * 0.3989422804 * exp(-0.5 * x * x);
}
