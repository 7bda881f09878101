/** An objective brings the attention it is meant for, a family its parts, and neither changes what the user did not ask. */
import { describe, expect, it } from 'vitest';
import { fakeCatalog as catalog } from '../../testing/fake-catalog.ts';
import { fillsBlanks, partOf, seesRight, withFamily, withObjective, withPart, withSizes } from './architecture.ts';

const { defaults } = catalog;

describe('an objective', () => {
  it('brings its attention, and a mixture made for another one does not stay', () => {
    const leaking = { ...defaults, model: withPart(catalog, defaults, 'attention', 'bidirectional') };
    expect([seesRight(catalog, defaults), seesRight(catalog, leaking)]).toEqual([false, true]);
    const masked = withObjective(leaking, 'masked-token');
    expect([fillsBlanks(catalog, leaking), fillsBlanks(catalog, masked)]).toEqual([false, true]);
    expect(seesRight(catalog, masked)).toBe(true);
    expect(withObjective(masked, 'next-token')).toEqual(defaults);
  });
});

describe('a family', () => {
  it('brings its own parts, and still reads as the objective is meant to', () => {
    const rotary = { ...defaults, model: withPart(catalog, defaults, 'positions', 'rotary') };
    const bert = { ...rotary, model: withFamily(rotary.model, 'bert') };
    expect(bert.model).toEqual({ ...defaults.model, family: 'bert' });
    expect(['norm', 'attention', 'positions'].map((part) => partOf(catalog, bert, part as 'norm'))).toEqual([
      'post',
      'causal',
      'learned',
    ]);
  });

  it('needs no mention of a part that it brings anyway', () => {
    const post = { ...defaults, model: withPart(catalog, defaults, 'norm', 'post') };
    expect(post.model.norm).toBe('post');
    expect(withPart(catalog, post, 'norm', 'pre')).toEqual(defaults.model);
  });
});

it('other sizes keep what the model is made of', () => {
  const model = withPart(catalog, defaults, 'attention', 'bidirectional');
  expect(withSizes(model, { ...defaults.model, layers: 2 })).toEqual({ ...model, layers: 2 });
});
