/** The backend in the page's address: only the two known words count, and a new choice leaves the rest alone. */
import { expect, it } from 'vitest';
import { addressWith, chosenBackend } from './backend-address.ts';

it('reads webgpu and cpu, and takes anything else for no choice', () => {
  const asked = ['?backend=webgpu', '?lang=zh&backend=cpu', '?backend=WebGPU', '?backend=', ''];
  expect(asked.map(chosenBackend)).toEqual(['webgpu', 'cpu', 'auto', 'auto', 'auto']);
});

it('writes a choice, and takes it out again', () => {
  const address = 'https://example.org/play/?lang=zh#predictions';
  const chosen = addressWith(address, 'cpu');
  expect(chosen).toBe('https://example.org/play/?lang=zh&backend=cpu#predictions');
  expect(addressWith(chosen, 'webgpu')).toBe('https://example.org/play/?lang=zh&backend=webgpu#predictions');
  expect(addressWith(chosen, 'auto')).toBe(address);
});
