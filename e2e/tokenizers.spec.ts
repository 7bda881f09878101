/** Tokenizers that learn: chosen in the page, and sized there. */
import { expect, test } from './fixtures.ts';

test('byte pairs are learnt from the text, as many as asked for', async ({ playground, page }) => {
  await playground.open();
  await page.getByText('BPE', { exact: true }).click();
  await expect(page.getByText('1,024 tokens').first()).toBeVisible({ timeout: 60_000 });
  const pieces = page.getByRole('textbox', { name: 'Pieces' });
  await pieces.fill('300');
  await pieces.press('Enter');
  await expect(page.getByText('300 tokens').first()).toBeVisible({ timeout: 60_000 });
});
