/** An objective brings the attention it is meant for, a family its parts, and neither changes what the user did not ask. */
import { describe, expect, it } from 'vitest';
import { fakeCatalog as catalog } from '../../testing/fake-catalog.ts';
import { fillsBlanks, partOf, seesRight, withFamily, withObjective, withPart, withSizes } from './architecture.ts';

const { defaults } = catalog;

describe('an objective', () => {
  it('brings its attention, and takes it along when it goes', () => {
    const masked = withObjective(catalog, defaults, 'masked-token');
    expect(fillsBlanks(catalog, masked)).toBe(true);
    expect(seesRight(catalog, masked)).toBe(true);
    expect(withObjective(catalog, masked, 'next-token')).toEqual(defaults);
  });
});

describe('a family', () => {
  it('brings its own parts, and still reads as the objective is meant to', () => {
    const post = { ...defaults, model: withPart(catalog, defaults.model, 'norm', 'post') };
    const bert = withFamily(catalog, post, 'bert');
    expect(bert).toMatchObject({ family: 'bert', attention: 'causal', width: defaults.model.width });
    expect(partOf(catalog, bert, 'norm')).toBe('post');
    expect(withFamily(catalog, { ...post, model: bert }, 'gpt')).toEqual(defaults.model);
    const masked = withObjective(catalog, defaults, 'masked-token');
    expect(withFamily(catalog, masked, 'bert').attention).toBeUndefined();
  });
});

it('other sizes keep what the model is made of', () => {
  const model = withPart(catalog, defaults.model, 'attention', 'bidirectional');
  const small = withSizes(model, { ...defaults.model, layers: 2 });
  expect(small).toEqual({ ...model, layers: 2 });
});
