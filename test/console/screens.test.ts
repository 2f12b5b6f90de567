import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { arrivals } from '../../src/console/mock-api/arrivals.js';
import { missingChromium } from '../support/chromium.js';
import { forgive, live, openDesks } from '../support/console.js';
import type { Desk, Desks, Look } from '../support/console.js';
import { describeNeeding } from '../support/require.js';

let desks: Desks;
beforeAll(async () => {
  desks = await openDesks();
});
afterEach(async () => {
  expect(await desks.clear()).toEqual([]);
});
afterAll(() => desks.close());

type Screen = [name: string, look: Look, prepare: (page: Page, desk: Desk) => Promise<void>];

/** A view with a handful of posts: what stands over the list does not get better by a longer list behind it. */
const few = '/?country=TCD';
const csv = {
  name: 'sample.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('message,date,lang\nOne row,2026-03-01,swa\n,2026-03-02,swa\n'),
};

/** Every screen there is, and what opens over them. Told by role and place, so that the same steps work in every language. */
const screens: Screen[] = [
  [
    'sign in',
    {},
    async (page, desk) => {
      await page.locator('form').waitFor();
      forgive(desk, /401/u);
    },
  ],
  [
    'sign in, refused',
    {},
    async (page, desk) => {
      await page.locator('input[type=email]').fill('nobody@example.org');
      await page.locator('input[type=password]').fill('not the password');
      await page.locator('button[type=submit]').click();
      await page.locator('[role=alert]', { hasText: /\S/u }).waitFor();
      desk.faults.splice(0);
    },
  ],
  ['queue', { user: 'amina' }, live],
  [
    'queue, words shown',
    { user: 'amina', path: few },
    async (page) => {
      await live(page);
      await page.keyboard.press('r');
      await page.locator('[data-testid=post] button[aria-pressed=true]').waitFor();
    },
  ],
  [
    'queue, arrivals and a note',
    { user: 'amina', path: few },
    async (page, { backend }) => {
      await live(page);
      backend.arrive(arrivals[0]);
      await page.getByTestId('arrivals').waitFor();
      await page.keyboard.press('m');
      await page.locator('textarea').first().waitFor();
    },
  ],
  [
    'queue, after a decision',
    { user: 'amina', path: few },
    async (page) => {
      await live(page);
      await page.keyboard.press('2');
      await page.locator('.mantine-Notification-root').waitFor();
    },
  ],
  [
    'queue, filters',
    { user: 'amina', path: few },
    async (page) => {
      await live(page);
      await page.locator('button[aria-haspopup=dialog]').click();
      await page.locator('[role=dialog]').waitFor();
    },
  ],
  [
    'queue, shortcuts',
    { user: 'amina', path: few },
    async (page) => {
      await live(page);
      await page.keyboard.press('?');
      await page.locator('[role=dialog] kbd').first().waitFor();
    },
  ],
  [
    'queue, user menu',
    { user: 'amina', path: few },
    async (page) => {
      await live(page);
      await page.locator('header button[aria-haspopup=menu]').last().click();
      await page.locator('[role=menu]').waitFor();
    },
  ],
  ['decided', { user: 'amina', path: '/?tab=decided' }, live],
  [
    'unread language',
    { user: 'amina', path: few },
    async (page, { backend, served }) => {
      const unread = [...backend.posts.values()].find((post) => post.assessment?.coverage.covered === false)!;
      await page.goto(`${served.url}${few}&post=${unread.id}`);
      await page.locator('[data-testid=post] [role=note]').waitFor();
    },
  ],
  [
    'demo removal',
    { user: 'admin', path: few },
    async (page) => {
      await live(page);
      await page.locator('aside button').click();
      await page.locator('[role=dialog]').waitFor();
    },
  ],
  [
    'uploads',
    { user: 'amina', path: '/uploads' },
    async (page) => page.locator('input[type=file]').waitFor({ state: 'attached' }),
  ],
  [
    'uploads, preview',
    { user: 'amina', path: '/uploads' },
    async (page) => {
      await page.setInputFiles('input[type=file]', csv);
      await page.locator('fieldset').waitFor();
    },
  ],
  [
    'uploads, result',
    { user: 'amina', path: '/uploads' },
    async (page) => {
      await page.setInputFiles('input[type=file]', csv);
      await page.locator('fieldset + div button').first().click();
      await page.locator('dl').waitFor();
      await page.locator('td button[aria-expanded=false]').click();
    },
  ],
  [
    'try',
    { user: 'amina', path: '/try' },
    async (page) => {
      await page.locator('textarea').first().fill('These grubbers are back on our corner again.');
      await page.locator('button[type=submit]').click();
      await page.getByTestId('finding').waitFor();
    },
  ],
  [
    'keys, a new one',
    { user: 'admin', path: '/keys' },
    async (page) => {
      await page.locator('form input').first().fill('Radio monitor');
      await page.locator('button[type=submit]').click();
      await page.locator('pre').first().waitFor();
    },
  ],
  [
    'keys, revoking',
    { user: 'admin', path: '/keys' },
    async (page) => {
      await page.locator('form input').first().fill('Radio monitor');
      await page.locator('button[type=submit]').click();
      await page.locator('table button').click();
      await page.locator('[role=dialog]').waitFor();
    },
  ],
  [
    'packs, a country',
    { user: 'ana', path: '/packs?country=KEN' },
    async (page) => page.locator('table').nth(1).waitFor(),
  ],
  [
    'audit',
    { user: 'admin', path: '/audit' },
    async (page) => {
      await page.locator('tbody tr').first().waitFor();
      await page.locator('[data-holds=true]').waitFor();
    },
  ],
  [
    'queue, an erased post',
    { user: 'amina', path: few },
    async (page, { backend }) => {
      await live(page);
      const id = (await page.locator('[data-id]').first().getAttribute('data-id'))!;
      backend.erase(id, 'retention', 'level bottom: 90 days');
      await page.getByTestId('tombstone').waitFor();
    },
  ],
  ['account', { user: 'amina', path: '/account' }, async (page) => page.locator('form').waitFor()],
  ['no such page', { user: 'amina', path: '/nowhere' }, async (page) => page.locator('h1').waitFor()],
];

/** Axe finds nothing against the rules of WCAG 2.2 AA. */
async function nobodyIsKeptOut(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map((node) => `${node.target.join(' ')} – ${node.failureSummary}`),
    })),
  ).toEqual([]);
}

/** No element reaches over the edge, and the buttons of the bars stand in one row beside each other, not on top of each other. */
async function nothingIsCutOff(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width: size } = element.getBoundingClientRect();
      return (
        size > 1 &&
        (left < -1 || right > window.innerWidth + 1) &&
        !['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        // What is wider than its scrolling parent is not cut off.
        element.closest('[role=region], [role=group][tabindex]') === null &&
        getComputedStyle(element).position !== 'absolute'
      );
    });
    return wide.map((element) => element.outerHTML.slice(0, 120));
  });
  expect(cut).toEqual([]);
  const boxes = await page
    .locator(':is(header button, header a, [role=group] button):not([role=menu] *)')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON() as DOMRect));
  const overlaps = boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (b) =>
          a.width > 0 &&
          b.width > 0 &&
          a.left < b.right - 1 &&
          b.left < a.right - 1 &&
          a.top < b.bottom - 1 &&
          b.top < a.bottom - 1,
      ),
  );
  expect(overlaps).toEqual([]);
}

const narrow = { width: 1024, height: 700 };

// Opening a screen takes longer than looking at it: each is opened once a language, and looked at in every light and width.
describeNeeding('in English', missingChromium, () => {
  it.each(screens)('%s: nobody is kept out by day or night, nothing is cut off', async (_name, own, prepare) => {
    const desk = await desks.open(own);
    await prepare(desk.page, desk);
    await nothingIsCutOff(desk.page);
    await nobodyIsKeptOut(desk.page);
    await desk.page.emulateMedia({ colorScheme: 'dark' });
    await desk.page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await nobodyIsKeptOut(desk.page);
  });
});

describeNeeding('in Arabic', missingChromium, () => {
  it.each(screens)('%s: nobody is kept out, nothing is cut off on a small laptop', async (_name, own, prepare) => {
    const desk = await desks.open({ ...narrow, locale: 'ar-EG', ...own });
    await prepare(desk.page, desk);
    await nothingIsCutOff(desk.page);
    await nobodyIsKeptOut(desk.page);
  });
});

describeNeeding('in French', missingChromium, () => {
  it.each(screens)('%s: nothing is cut off on a small laptop', async (_name, own, prepare) => {
    const desk = await desks.open({ ...narrow, locale: 'fr-FR', ...own });
    await prepare(desk.page, desk);
    await nothingIsCutOff(desk.page);
  });
});
