/** Weight files in the names and layout of a Hugging Face model, as its format describes them. */
import { ProblemError } from '../problem.ts';
import { bertFormat } from './bert-weights.ts';
import { gptFormat } from './gpt-weights.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';
import type { WeightFormat } from './weight-format.ts';

/** A parameter as the model expects it; its name is Hugging Face's without the prefix. */
export interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

const formats: Readonly<Record<string, WeightFormat>> = { gpt: gptFormat, bert: bertFormat };

/** @param family id of a model family */
export function weightFormat(family: string): WeightFormat {
  const format = formats[family];
  if (!format) throw new Error(`no weight format for ${family}`);
  return format;
}

/** Values by the names expected.
 *  @throws ProblemError 'weights-corrupt', or 'weights-mismatch' with the first tensor that does not fit */
export function readWeights(
  file: Uint8Array,
  expected: readonly ExpectedTensor[],
  format: WeightFormat,
): Map<string, Float32Array> {
  const found = new Map<string, NamedTensor>();
  for (const [fileName, tensor] of readSafetensors(file)) {
    const name = format.ownName(fileName);
    if (!format.ignored.test(name)) found.set(name, tensor);
  }
  for (const [copy, original] of format.copies) checkCopy(found, copy, original);
  const weights = new Map<string, Float32Array>();
  for (const { name, shape } of expected) {
    const tensor = found.get(name);
    if (!tensor) throw mismatch(name, shape, '—');
    if (tensor.shape.join() !== shape.join()) throw mismatch(name, shape, tensor.shape.join('×'));
    if (!tensor.values.every(Number.isFinite)) throw mismatch(name, shape, 'NaN');
    weights.set(name, tensor.values);
    found.delete(name);
  }
  for (const [name, { shape }] of found) throw mismatch(name, [], shape.join('×'));
  return weights;
}

/** A copy of a tied tensor is welcome, also in its place; anything else is another model. */
function checkCopy(found: Map<string, NamedTensor>, copy: string, original: string): void {
  const tied = found.get(copy);
  if (!tied) return;
  const tensor = found.get(original);
  if (!tensor) found.set(original, tied);
  else if (tensor.values.length !== tied.values.length || tensor.values.some((value, i) => value !== tied.values[i])) {
    throw mismatch(copy, tensor.shape, tied.shape.join('×'));
  }
  found.delete(copy);
}

function mismatch(name: string, shape: readonly number[], found: string): ProblemError {
  const values = { name, expected: shape.length > 0 ? shape.join('×') : '—', found };
  return new ProblemError({ where: 'weights', code: 'weights-mismatch', values });
}

/** A safetensors file that the Hugging Face model loads. */
export function writeWeights(
  expected: readonly ExpectedTensor[],
  weights: ReadonlyMap<string, Float32Array>,
  format: WeightFormat,
): ArrayBuffer {
  const tensors = expected.map(({ name, shape }): [string, NamedTensor] => {
    const values = weights.get(name);
    if (!values) throw new Error(`no values for ${name}`);
    return [format.fileName(name), { shape, values }];
  });
  return writeSafetensors(tensors, { format: 'pt' });
}
