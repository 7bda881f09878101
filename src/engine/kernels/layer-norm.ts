/** Layer norm with residual add: forward, and a backward that leaves the parameters' gradients in parts. */
import source from '../../../shaders/layer-norm.wgsl?raw';
import vectorSource from '../../../shaders/layer-norm-vector.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import random from '../../../shaders/lib/random.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import { defineKernel, type Kernel, rowGrid } from './kernel.ts';
import { dropoutScale } from './random-hash.ts';
import { rowVariants } from './row-variants.ts';

const lanes = 8;

export type LayerNormAttributes = {
  readonly rows: number;
  readonly width: number;
  readonly epsilon: number;
  readonly hasResidual: number;
};

type ForwardBinding = 'x' | 'residual' | 'parameters' | 'sum' | 'y' | 'statistics';

export const layerNormForward: Kernel<LayerNormAttributes, ForwardBinding> = defineKernel<
  LayerNormAttributes,
  ForwardBinding
>({
  name: 'layer norm',
  source: [prelude, random, reduce, source],
  entryPoint: 'forward',
  tunables: { lanes },
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    residual: { access: 'read', element: 'f32', half: true, optional: true },
    parameters: { access: 'read', element: 'f32' },
    sum: { access: 'write', element: 'f32', optional: true },
    y: { access: 'write', element: 'f32', half: true },
    statistics: { access: 'write', element: 'f32' },
  },
  grid: ({ rows }) => rowGrid(Math.ceil(rows / (64 / lanes))),
  get variants() {
    return forwardVariants;
  },
  twin: ({ rows, width, epsilon, hasResidual }, { x, residual, parameters, sum, y, statistics }) => {
    for (let row = 0; row < rows; row++) {
      const first = row * width;
      const input = hasResidual ? sum : x;
      let total = 0;
      for (let at = first; at < first + width; at++) {
        if (hasResidual) sum[at] = x[at] + residual[at];
        total += input[at];
      }
      const mean = total / width;
      let squares = 0;
      for (let at = first; at < first + width; at++) squares += (input[at] - mean) * (input[at] - mean);
      const rstd = 1 / Math.sqrt(squares / width + epsilon);
      for (let c = 0; c < width; c++)
        y[first + c] = (input[first + c] - mean) * rstd * parameters[c] + parameters[width + c];
      statistics[2 * row] = mean;
      statistics[2 * row + 1] = rstd;
    }
  },
});

export type LayerNormBackwardAttributes = {
  readonly rows: number;
  readonly width: number;
  readonly hasResidualGradient: number;
  readonly dropout: number;
  readonly dropoutStream: number;
  /** Runs of rows that the parameters' gradients are summed up over, as layerNormParts says. */
  readonly parts: number;
};

/** Enough to fill a large GPU, and so few that summing them up costs little. */
const mostParts = 1024;

export function layerNormParts(rows: number): number {
  return Math.min(mostParts, Math.ceil(rows / 24));
}

type BackwardBinding =
  | 'outputGradient'
  | 'x'
  | 'parameters'
  | 'statistics'
  | 'residualGradient'
  | 'inputGradient'
  | 'dropped'
  | 'parametersGradients'
  | 'counters';

export const layerNormBackward: Kernel<LayerNormBackwardAttributes, BackwardBinding> = defineKernel<
  LayerNormBackwardAttributes,
  BackwardBinding
>({
  name: 'layer norm backward',
  source: [prelude, random, reduce, source],
  entryPoint: 'backward',
  tunables: { lanes },
  bindings: {
    outputGradient: { access: 'read', element: 'f32', half: true },
    x: { access: 'read', element: 'f32', half: true },
    parameters: { access: 'read', element: 'f32' },
    statistics: { access: 'read', element: 'f32' },
    residualGradient: { access: 'read', element: 'f32', half: true, optional: true },
    inputGradient: { access: 'write', element: 'f32', half: true },
    dropped: { access: 'write', element: 'f32', half: true, optional: true },
    parametersGradients: { access: 'write', element: 'f32' },
    counters: { access: 'read', element: 'u32', uniform: true, optional: true },
  },
  grid: ({ parts }) => rowGrid(parts),
  get variants() {
    return backwardVariants;
  },
  shapeClass: (attributes) => ({ ...attributes, dropoutStream: 0 }),
  twin: (attributes, data) => {
    const { rows, width, hasResidualGradient, dropout, dropoutStream, parts } = attributes;
    const { outputGradient, x, parameters, statistics, residualGradient, inputGradient, dropped, counters } = data;
    const { parametersGradients } = data;
    parametersGradients.fill(0);
    for (let row = 0; row < rows; row++) {
      const first = row * width;
      const toWeight = Math.floor(row / Math.ceil(rows / parts)) * 2 * width;
      const toBias = toWeight + width;
      const mean = statistics[2 * row];
      const rstd = statistics[2 * row + 1];
      let sumG = 0;
      let sumGX = 0;
      for (let c = 0; c < width; c++) {
        const gradient = outputGradient[first + c];
        const normalized = (x[first + c] - mean) * rstd;
        sumG += gradient * parameters[c];
        sumGX += gradient * parameters[c] * normalized;
        parametersGradients[toWeight + c] += gradient * normalized;
        parametersGradients[toBias + c] += gradient;
      }
      for (let c = 0; c < width; c++) {
        const at = first + c;
        const normalized = (x[at] - mean) * rstd;
        let v = rstd * (outputGradient[at] * parameters[c] - sumG / width - (normalized * sumGX) / width);
        if (hasResidualGradient) v += residualGradient[at];
        inputGradient[at] = v;
        if (dropout) dropped[at] = v * dropoutScale(counters[1], counters[0], dropoutStream, at, dropout);
      }
    }
  },
});

const byVectors = (library: string) => [prelude, random, library, source, vectorSource];
const forwardVariants = rowVariants(layerNormForward, {
  source: byVectors,
  entryPoint: 'forward_vector',
  width: ({ width }) => width,
});
const backwardVariants = rowVariants(layerNormBackward, {
  source: byVectors,
  entryPoint: 'backward_vector',
  width: ({ width }) => width,
  parts: ({ parts }) => parts,
});
