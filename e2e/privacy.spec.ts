/** Nothing leaves the tab, whoever asks for it; and after one visit the page needs no network at all. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';

/** An address of another origin that would answer, had it been asked. */
async function withListener(use: (origin: string, heard: string[]) => Promise<void>): Promise<void> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
  });
  server.on('upgrade', (request, socket) => {
    heard.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard);
  } finally {
    server.close();
  }
}

/** Every way out that a script has. Runs in the page and in the worker. */
async function tryToLeave(origin: string): Promise<string[]> {
  const outcomes: string[] = [];
  await fetch(`${origin}/fetch?text=secret`).then(
    () => outcomes.push('fetch left'),
    () => outcomes.push('fetch blocked'),
  );
  const socket = await new Promise<string>((resolve) => {
    try {
      const each = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
      each.onopen = () => resolve('socket left');
      each.onerror = () => resolve('socket blocked');
    } catch {
      resolve('socket blocked');
    }
  });
  outcomes.push(socket);
  if (typeof document === 'undefined') return outcomes;
  navigator.sendBeacon(`${origin}/beacon`, 'secret');
  const image = await new Promise<string>((resolve) => {
    const each = new Image();
    each.onload = () => resolve('image left');
    each.onerror = () => resolve('image blocked');
    each.src = `${origin}/image.png`;
  });
  outcomes.push(image);
  const script = await new Promise<string>((resolve) => {
    const each = document.createElement('script');
    each.onload = () => resolve('script left');
    each.onerror = () => resolve('script blocked');
    each.src = `${origin}/script.js`;
    document.head.append(each);
  });
  outcomes.push(script);
  return outcomes;
}

test('the page and its worker cannot send anything to another origin', async ({ playground, watched }) => {
  await playground.open();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  expect(watched.faults()).toEqual([]);
  await withListener(async (origin, heard) => {
    const { page } = playground;
    const blocked = ['fetch blocked', 'socket blocked'];
    expect(await page.evaluate(tryToLeave, origin)).toEqual([...blocked, 'image blocked', 'script blocked']);
    const [worker] = page.workers();
    expect(await worker.evaluate(tryToLeave, origin)).toEqual(blocked);
    expect(heard).toEqual([]);
  });
  watched.forget();
});

test('no inline script runs, and no inline style applies', async ({ playground, watched }) => {
  await playground.open();
  const ran = await playground.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "yes"';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red }';
    document.head.append(style);
    return [document.documentElement.dataset.ran ?? 'no', getComputedStyle(document.body).outlineWidth === '7px'];
  });
  expect(ran).toEqual(['no', false]);
  watched.forget();
});

async function waitUntilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

async function trainsOffline(page: Page, train: () => Promise<void>): Promise<void> {
  await page.context().setOffline(true);
  await page.reload();
  await train();
  await page.context().setOffline(false);
}

test('after one visit it opens and trains without a network', async ({ playground }) => {
  await playground.open();
  await waitUntilKept(playground.page);
  await trainsOffline(playground.page, async () => {
    await expect(playground.button('train')).toBeEnabled();
    await playground.button('train').click();
    await expect.poll(() => playground.steps()).toBeGreaterThan(5);
    await playground.button('pause').click();
    await playground.page.getByRole('combobox', { name: 'Corpus' }).selectOption({ index: 1 });
    await playground.page.getByRole('button', { name: 'Start again with these settings' }).click();
    await expect.poll(() => playground.steps()).toBe(0);
    await expect(playground.button('step')).toBeEnabled();
    await expect(playground.alert()).toHaveCount(0);
  });
});

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Serves the built page from a folder inside a site, as any static host does: no header beyond the type. */
async function serveAt(path: string) {
  const server = createServer(async (request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = asked.startsWith(path) ? asked.slice(path.length) || 'index.html' : undefined;
    const file = name && join('dist', name);
    const isFile = file && (await stat(file).catch(() => undefined))?.isFile();
    if (!file || !isFile) return response.writeHead(404, { 'content-type': 'text/html' }).end('<p>not here</p>');
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { address: `http://localhost:${(server.address() as AddressInfo).port}${path}`, close: () => server.close() };
}

test('it works from a sub-path of any static server, and offline there too', async ({ page }) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const server = await serveAt('/classes/llm/');
  try {
    await page.goto(`${server.address}?lang=en`);
    const step = page.getByRole('button', { name: 'Step', exact: true });
    await step.click();
    await expect(page.locator('header').getByText(/step 1/)).toBeVisible();
    await waitUntilKept(page);
    await trainsOffline(page, async () => {
      await step.click();
      await expect(page.locator('header').getByText(/step 1/)).toBeVisible();
    });
    expect(errors).toEqual([]);
  } finally {
    server.close();
  }
});
