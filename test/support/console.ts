import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { Backend } from '../../src/console/mock-api/backend.js';
import { serve } from '../../src/console/mock-api/serve.js';
import type { Served } from '../../src/console/mock-api/serve.js';
import { launchChromium } from './chromium.js';

/** The built console, beside the compiled tests. */
const built = join(import.meta.dirname, '../../console');

export interface Look {
  /** Id of a person of the mock; absent: nobody is signed in. */
  user?: 'amina' | 'admin' | 'ana';
  path?: string;
  locale?: 'en-GB' | 'fr-FR' | 'ar-EG';
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** A console in a real browser over a mock backend of its own. */
export interface Desk {
  page: Page;
  backend: Backend;
  served: Served;
  /** What the page said on its console, and every address it asked outside the service. */
  faults: string[];
}

/** Opens consoles in one browser; close it after the last test. */
export interface Desks {
  open(look?: Look): Promise<Desk>;
  /** Closes every desk and returns what went wrong in them, unexpected console errors first of all. */
  clear(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openDesks(): Promise<Desks> {
  const browser = await launchChromium();
  let desks: (Desk & { context: BrowserContext })[] = [];
  return {
    async open({ user, path = '/', locale = 'en-GB', scheme = 'light', width = 1280, height = 720 } = {}) {
      const backend = new Backend(() => Date.now());
      const served = await serve(backend, built);
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      if (user) await context.addCookies([{ name: 'tocsin.session', value: backend.signIn(user), url: served.url }]);
      // Far beyond what a step takes, well below what a test may: a step that hangs says which it is.
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      const desk = { page, backend, served, context, faults: watch(page, served.url) };
      desks.push(desk);
      await page.goto(served.url + path);
      return desk;
    },
    async clear() {
      const faults = desks.flatMap((desk) => desk.faults);
      const closing = desks;
      desks = [];
      for (const { context, served } of closing) {
        await context.close();
        await served.close();
      }
      return faults;
    },
    close: () => browser.close(),
  };
}

function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      faults.push(`request outside: ${url}`);
  });
  return faults;
}

/** Takes a fault that was expected out of the list; fails when it is not there. */
export function forgive(desk: Desk, wanted: RegExp): void {
  const at = desk.faults.findIndex((fault) => wanted.test(fault));
  if (at < 0) throw new Error(`expected a fault like ${wanted}, there were: ${desk.faults.join(' | ') || 'none'}`);
  desk.faults.splice(at, 1);
}

/** The queue is there and live. */
export async function live(page: Page): Promise<void> {
  await page.locator('[data-state=live]').waitFor();
  await page.locator('[data-id]').first().waitFor();
}

/** Ids of the posts in the list, from the top. */
export const listed = (page: Page): Promise<string[]> =>
  page.locator('[data-id]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''));

/** Id of the post beside the list. */
export const chosen = (page: Page): string | null => new URL(page.url()).searchParams.get('post');
