/** Token and position embedding, and its deterministic backward over positions sorted by token. */
import source from '../../../shaders/embedding.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import random from '../../../shaders/lib/random.wgsl?raw';
import { type Data, defineKernel, rowGrid } from './kernel.ts';
import { dropoutScale } from './random-hash.ts';

export type EmbeddingAttributes = {
  readonly batch: number;
  readonly context: number;
  readonly width: number;
  /** 0: token vectors alone. */
  readonly hasPositions: number;
  readonly dropout: number;
  readonly dropoutStream: number;
};

export const embeddingForward = defineKernel<
  EmbeddingAttributes,
  'tokens' | 'tokenTable' | 'positionTable' | 'output' | 'counters'
>({
  name: 'embedding',
  source: [prelude, random, source],
  entryPoint: 'forward',
  bindings: {
    tokens: { access: 'read', element: 'i32' },
    tokenTable: { access: 'read', element: 'f32' },
    positionTable: { access: 'read', element: 'f32', optional: true },
    output: { access: 'write', element: 'f32' },
    counters: { access: 'read', element: 'u32', uniform: true, optional: true },
  },
  grid: ({ batch, context, width }) => rowGrid(Math.ceil((batch * context * width) / 64)),
  moved: ({ batch, context, width }) => ({ tokenTable: batch * context * width, positionTable: context * width }),
  twin: (
    { batch, context, width, hasPositions, dropout, dropoutStream },
    { tokens, tokenTable, positionTable, output, counters },
  ) => {
    for (let position = 0; position < batch * context; position++) {
      const token = tokens[position] * width;
      const place = (position % context) * width;
      for (let c = 0; c < width; c++) {
        const at = position * width + c;
        const scale = dropout ? dropoutScale(counters[1], counters[0], dropoutStream, at, dropout) : 1;
        output[at] = (tokenTable[token + c] + (hasPositions ? positionTable[place + c] : 0)) * scale;
      }
    }
  },
});

export type EmbeddingBackwardAttributes = EmbeddingAttributes & {
  readonly vocabulary: number;
  /** Learned rows of the position table, 0 where none are; those from the context on get no gradient. */
  readonly positions: number;
  readonly accumulateToken: number;
  readonly accumulatePosition: number;
};

type BackwardBinding =
  | 'outputGradient'
  | 'tokenOrder'
  | 'tokenStarts'
  | 'tokenGradient'
  | 'positionGradient'
  | 'counters';

export const embeddingBackward = defineKernel<EmbeddingBackwardAttributes, BackwardBinding>({
  name: 'embedding backward',
  source: [prelude, random, source],
  entryPoint: 'backward',
  bindings: {
    outputGradient: { access: 'read', element: 'f32' },
    tokenOrder: { access: 'read', element: 'i32' },
    tokenStarts: { access: 'read', element: 'i32' },
    tokenGradient: { access: 'update', element: 'f32' },
    positionGradient: { access: 'update', element: 'f32', optional: true },
    counters: { access: 'read', element: 'u32', uniform: true, optional: true },
  },
  grid: ({ vocabulary, positions, width }) => rowGrid(Math.ceil(((vocabulary + positions) * width) / 64)),
  moved: ({ vocabulary, positions, width, accumulateToken, accumulatePosition }) => ({
    tokenGradient: (accumulateToken + 1) * vocabulary * width,
    positionGradient: (accumulatePosition + 1) * positions * width,
  }),
  twin: backwardTwin,
});

function backwardTwin(attributes: EmbeddingBackwardAttributes, data: Readonly<Record<BackwardBinding, Data>>): void {
  const { batch, context, width, vocabulary, positions, dropout, dropoutStream } = attributes;
  const { outputGradient, tokenOrder, tokenStarts, tokenGradient, positionGradient, counters } = data;
  if (!attributes.accumulateToken) tokenGradient.fill(0, 0, vocabulary * width);
  if (positions && !attributes.accumulatePosition) positionGradient.fill(0, 0, positions * width);
  const addRow = (target: Data, row: number, position: number) => {
    for (let c = 0; c < width; c++) {
      const at = position * width + c;
      const scale = dropout ? dropoutScale(counters[1], counters[0], dropoutStream, at, dropout) : 1;
      target[row * width + c] += outputGradient[at] * scale;
    }
  };
  for (let row = 0; row < vocabulary; row++) {
    for (let n = tokenStarts[row]; n < tokenStarts[row + 1]; n++) addRow(tokenGradient, row, tokenOrder[n]);
  }
  for (let b = 0; positions && b < batch; b++) {
    for (let t = 0; t < context; t++) addRow(positionGradient, t, b * context + t);
  }
}
