/** GPT-2 weights in the names and layout of Hugging Face's GPT2LMHeadModel. */
import { ProblemError } from '../problem.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';

/** A parameter as the model expects it; its name is Hugging Face's without the prefix. */
export interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

const prefix = 'transformer.';
const head = 'lm_head.weight';
const embedding = 'wte.weight';

/** Causal masks that older files carry along: no parameters. */
const buffers = /\.attn\.(bias|masked_bias)$/;

/** Values by the names expected. Takes names with and without the prefix, and a tied head.
 *  @throws ProblemError 'weights-corrupt', or 'weights-mismatch' with the first tensor that does not fit */
export function readGptWeights(file: Uint8Array, expected: readonly ExpectedTensor[]): Map<string, Float32Array> {
  const found = new Map<string, NamedTensor>();
  for (const [name, tensor] of readSafetensors(file)) {
    const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    if (!buffers.test(bare)) found.set(bare, tensor);
  }
  checkHead(found);
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

/** The output head is the embedding; a copy of it is welcome, anything else is another model. */
function checkHead(found: Map<string, NamedTensor>): void {
  const tied = found.get(head);
  if (!tied) return;
  const table = found.get(embedding);
  if (!table) found.set(embedding, tied);
  else if (table.values.length !== tied.values.length || table.values.some((value, i) => value !== tied.values[i])) {
    throw mismatch(head, table.shape, tied.shape.join('×'));
  }
  found.delete(head);
}

function mismatch(name: string, shape: readonly number[], found: string): ProblemError {
  const values = { name, expected: shape.length > 0 ? shape.join('×') : '—', found };
  return new ProblemError({ where: 'weights', code: 'weights-mismatch', values });
}

/** A safetensors file that GPT2LMHeadModel loads. */
export function writeGptWeights(
  expected: readonly ExpectedTensor[],
  weights: ReadonlyMap<string, Float32Array>,
): ArrayBuffer {
  const tensors = expected.map(({ name, shape }): [string, NamedTensor] => {
    const values = weights.get(name);
    if (!values) throw new Error(`no values for ${name}`);
    return [prefix + name, { shape, values }];
  });
  return writeSafetensors(tensors, { format: 'pt' });
}
