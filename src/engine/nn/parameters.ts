/** The parameters of a model: declared by its modules, then laid out in flat arenas, decayed ones first. */
import { fixedTensor, sizeOf, type Tensor } from '../autograd/tensor.ts';
import { rangeAlignment, type Storage } from '../program/program.ts';

/** How a parameter starts. */
export type Initial =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'constant'; readonly value: number };

/** A named piece of a parameter, as weight files know it: layer norm keeps weight and bias in one tensor. */
export interface ParameterPart {
  readonly name: string;
  /** As in files. */
  readonly shape: readonly number[];
  readonly initial: Initial;
  /** For a part [out, in] that the parameter holds transposed, as columns `first` on of a matrix [in, columns]. */
  readonly transposed?: { readonly first: number; readonly columns: number };
}

interface ParameterSpec {
  readonly shape: readonly number[];
  /** In order, back to back, or side by side where they are transposed; together they fill the shape. */
  readonly parts: readonly ParameterPart[];
  /** Decoupled weight decay applies. */
  readonly decayed: boolean;
}

/** A declared parameter; it becomes a tensor when the arena is laid out. */
export class Parameter {
  private placed: Tensor | undefined;

  constructor(readonly spec: ParameterSpec) {}

  get tensor(): Tensor {
    if (!this.placed) throw new Error(`${this.spec.parts[0].name} is not laid out yet`);
    return this.placed;
  }

  place(tensor: Tensor): void {
    this.placed = tensor;
  }
}

/** A part with its place in the arenas. */
export interface PlacedPart extends ParameterPart {
  /** Of the part, or of the whole parameter where the part is transposed. */
  readonly offset: number;
  readonly length: number;
}

/** Values of a part in the layout of files, from a whole arena. */
export function readPart(arena: ArrayLike<number>, { offset, length, shape, transposed }: PlacedPart): Float32Array {
  const values = new Float32Array(length);
  if (!transposed) for (let i = 0; i < length; i++) values[i] = arena[offset + i];
  else forEachTransposed(shape, transposed, (file, memory) => (values[file] = arena[offset + memory]));
  return values;
}

/** Puts a part's values, in the layout of files, into a whole arena. */
export function writePart(arena: Float32Array, { offset, shape, transposed }: PlacedPart, values: Float32Array): void {
  if (!transposed) arena.set(values, offset);
  else forEachTransposed(shape, transposed, (file, memory) => (arena[offset + memory] = values[file]));
}

function forEachTransposed(
  [outputs, inputs]: readonly number[],
  { first, columns }: { first: number; columns: number },
  visit: (file: number, memory: number) => void,
): void {
  for (let out = 0; out < outputs; out++) {
    for (let i = 0; i < inputs; i++) visit(out * inputs + i, i * columns + first + out);
  }
}

/** Flat memory for parameters, gradients, and both Adam moments: same offsets in all four. */
export interface Arena {
  readonly parameters: Storage;
  readonly gradients: Storage;
  readonly firstMoment: Storage;
  readonly secondMoment: Storage;
  /** What half precision reads of the parameters: those that decay, which are the matrices. */
  readonly halves: Storage;
  /** Elements, padding included; a multiple of the range alignment. */
  readonly length: number;
  /** Elements [0, decayed) are subject to weight decay. */
  readonly decayed: number;
  /** Every named part, in the order of declaration. */
  readonly parts: readonly PlacedPart[];
  /** Number of trainable values, padding excluded. */
  readonly parameterCount: number;
}

/** Collects parameters while modules are built. */
export class ParameterRegistry {
  private readonly declared: Parameter[] = [];

  /** Declares a parameter of one part; matrices decay, vectors don't. */
  declare(name: string, shape: readonly number[], initial: Initial): Parameter {
    return this.declareParts(shape, [{ name, shape, initial }], shape.length > 1);
  }

  declareParts(shape: readonly number[], parts: readonly ParameterPart[], decayed: boolean): Parameter {
    const parameter = new Parameter({ shape, parts, decayed });
    this.declared.push(parameter);
    return parameter;
  }

  /** Gives every parameter its place. Each starts at an aligned offset; the padding between stays zero. */
  layOut(): Arena {
    const order = [
      ...this.declared.filter((each) => each.spec.decayed),
      ...this.declared.filter((each) => !each.spec.decayed),
    ];
    const offsets = new Map<Parameter, number>();
    let length = 0;
    let decayed = 0;
    for (const parameter of order) {
      offsets.set(parameter, length);
      length += Math.ceil(sizeOf(parameter.spec.shape) / rangeAlignment) * rangeAlignment;
      if (parameter.spec.decayed) decayed = length;
    }
    const storage = (label: string): Storage => ({ label, element: 'f32', length });
    const halves: Storage = { label: 'parameters in half precision', element: 'f16', length: decayed };
    const [parameters, gradients] = [storage('parameters'), storage('gradients')];
    const parts: PlacedPart[] = [];
    for (const parameter of this.declared) {
      const { shape } = parameter.spec;
      let offset = offsets.get(parameter) ?? 0;
      const half = parameter.spec.decayed ? fixedTensor(halves, shape, offset) : undefined;
      parameter.place(fixedTensor(parameters, shape, offset, fixedTensor(gradients, shape, offset), half));
      for (const part of parameter.spec.parts) {
        const size = sizeOf(part.shape);
        parts.push({ ...part, offset, length: size });
        if (!part.transposed) offset += size;
      }
    }
    return {
      parameters,
      gradients,
      firstMoment: storage('first moment'),
      secondMoment: storage('second moment'),
      halves,
      length,
      decayed,
      parts,
      parameterCount: parts.reduce((sum, part) => sum + part.length, 0),
    };
  }
}
