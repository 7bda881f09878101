/** Masked-token prediction (Devlin et al. 2019): some positions are hidden, and only they are predicted. */
import type { NumberField } from '../../contract/catalog.ts';
import type { MaskingConfiguration } from '../../contract/configuration.ts';
import type { RandomSequence } from '../data/random.ts';
import { ProblemError } from '../problem.ts';
import { maskingUnits } from './masking-units/index.ts';
import type { MaskingUnit } from './masking-units/masking-unit.ts';
import { type BatchShape, choosePositions, type Objective, type ObjectiveSettings } from './objective.ts';
import type { ObjectiveVocabulary } from './vocabulary.ts';

/** What a blank looks like to the reader. */
export const maskText = '[MASK]';

/** A batch has slots for the mean plus this many standard deviations: one in thirty thousand draws more. */
const deviationsHeld = 4;

const share = { minimum: 0, maximum: 1, step: 0.01, scale: 'linear', live: false, unit: { en: '', zh: '' } } as const;

const fields: readonly NumberField[] = [
  {
    ...share,
    path: 'masking.rate',
    label: { en: 'Mask rate', zh: '遮盖比例' },
    explanation: {
      en: 'Share of the positions that the model has to guess; BERT takes 0.15.',
      zh: '需要模型猜测的位置所占的比例；BERT 取 0.15。',
    },
    minimum: 0.01,
    maximum: 0.99,
  },
  {
    ...share,
    path: 'masking.maskShare',
    label: { en: 'As [MASK]', zh: '换成 [MASK]' },
    explanation: {
      en: 'Of the guessed positions, those that the model sees as [MASK]; BERT takes 0.8.',
      zh: '被猜测的位置中换成 [MASK] 的比例；BERT 取 0.8。',
    },
  },
  {
    ...share,
    path: 'masking.randomShare',
    label: { en: 'As random', zh: '换成随机词元' },
    explanation: {
      en: 'Of the guessed positions, those that the model sees as some other token; the rest stays as it is.',
      zh: '被猜测的位置中换成随机词元的比例；其余保持原样。',
    },
  },
];

export const maskedToken: Objective = {
  id: 'masked-token',
  label: { en: 'Masked token', zh: '完形填空' },
  explanation: {
    en: 'The text is its own label: some tokens are hidden, and the model guesses them from both sides.',
    zh: '文本自己就是标签：遮住一些词元，模型根据左右两边猜出它们。',
  },
  attention: 'bidirectional',
  fields,
  specials: [maskText],
  writesOn: false,
  window: (context) => context,
  capacity: (shape, masking) => {
    checkMasking(masking);
    const positions = shape.batch * shape.context;
    const mean = masking.rate * positions;
    const deviation = Math.sqrt(mean * (1 - masking.rate) * unitOf(masking).spread);
    // At least one blank a row, as the fair score needs; whole vec4s.
    const slots = Math.max(shape.batch, mean + deviationsHeld * deviation);
    return Math.min(positions, Math.ceil(slots / 4) * 4);
  },
  fill: (target, { batch, context, tokens: text, starts }, share, random, settings) => {
    const { tokens, targets } = target;
    for (let row = 0; row < batch; row++) {
      tokens.set(text.subarray(starts[row], starts[row] + context), row * context);
    }
    const positions = drawPositions(tokens, { batch, context }, targets.length, random, settings);
    choosePositions(target, positions, (position) => tokens[position], share);
    for (const position of positions) tokens[position] = replacement(tokens[position], random, settings);
  },
};

/** Which positions of a batch are predicted, ascending: at least one, and no more than `capacity`.
 *  @throws ProblemError 'nothing-to-mask' where no token is text */
export function drawPositions(
  tokens: Int32Array,
  { batch, context }: BatchShape,
  capacity: number,
  random: RandomSequence,
  { masking, vocabulary }: ObjectiveSettings,
): Int32Array {
  const unit = unitOf(masking);
  const chosen = new Uint8Array(context);
  const drawn: number[] = [];
  for (let row = 0; row < batch; row++) {
    const window = tokens.subarray(row * context, (row + 1) * context);
    unit.choose(chosen, window, masking.rate, random, vocabulary);
    for (let i = 0; i < context; i++) if (chosen[i] && vocabulary.isText(window[i])) drawn.push(row * context + i);
  }
  if (drawn.length === 0) drawn.push(anyPosition(tokens, random, vocabulary));
  const kept = drawn.length > capacity ? random.shuffled(drawn).slice(0, capacity) : drawn;
  return Int32Array.from(kept).sort();
}

function anyPosition(tokens: Int32Array, random: RandomSequence, { isText }: ObjectiveVocabulary): number {
  const maskable = [...tokens.keys()].filter((position) => isText(tokens[position]));
  if (maskable.length === 0) throw new ProblemError({ where: 'corpus', code: 'nothing-to-mask', values: {} });
  return random.pick(maskable);
}

/** What stands in a blank: [MASK], any token of text, or what stood there before. */
function replacement(token: number, random: RandomSequence, { masking, vocabulary }: ObjectiveSettings): number {
  const { maskShare, randomShare } = masking;
  const draw = random.uniform();
  if (draw < maskShare) return maskOf(vocabulary.mask);
  return draw < maskShare + randomShare ? random.pick(vocabulary.texts) : token;
}

function maskOf(mask: number | undefined): number {
  if (mask === undefined) throw new Error('the vocabulary has no [MASK]');
  return mask;
}

function unitOf({ unit }: MaskingConfiguration): MaskingUnit {
  const found = maskingUnits.find(({ id }) => id === unit);
  if (!found) throw new Error(`no ${unit} among the masking units`);
  return found;
}

/** @throws ProblemError 'mask-rate-none', 'mask-rate-all', 'setting-out-of-range' or 'mask-shares' */
function checkMasking({ rate, maskShare, randomShare }: MaskingConfiguration): void {
  const problem = (code: string, values = {}) => new ProblemError({ where: 'objective', code, values });
  if (rate === 0) throw problem('mask-rate-none');
  if (rate === 1) throw problem('mask-rate-all');
  for (const { path, minimum, maximum } of fields) {
    const value = { rate, maskShare, randomShare }[path.replace('masking.', '')];
    if (value === undefined || !(value >= minimum && value <= maximum)) {
      throw problem('setting-out-of-range', { setting: path, minimum, maximum });
    }
  }
  if (maskShare + randomShare > 1 + 1e-9) throw problem('mask-shares');
}
