/** Which backend trains: measured where the only adapter is a software one, said on the page, and the user's to change. */
import { expect, test } from './fixtures.ts';

test('on a software adapter the faster CPU trains, the page says so, and the menu leads back', async ({
  playground,
}) => {
  await playground.open('&backend=auto');
  const { page } = playground;
  // Where it compiles slowly, it shows no step in time.
  const compared = /a step takes it [\d,]+ ms, and the CPU by itself [\d,]+ ms|it showed no step within two seconds/;
  await expect(page.getByText(compared)).toBeVisible();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await page.getByRole('button', { name: 'CPU', exact: true }).click();
  await expect(
    page.getByText(/WebAssembly, .* · step measured: WebGPU ([\d,]+ ms|none in two seconds), CPU [\d,]+ ms/),
  ).toBeVisible();
  await page.getByRole('menuitemradio', { name: 'WebGPU' }).click();
  await page.getByRole('menuitemradio', { name: 'Reopen and discard the run at step 1?' }).click();
  await page.waitForURL(/backend=webgpu/);
  await expect(playground.button('train')).toBeEnabled();
  await expect(page.getByRole('button', { name: /swiftshader.* · WebGPU/i })).toBeVisible();
});
