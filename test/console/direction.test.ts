import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { missingChromium } from '../support/chromium.js';
import { live, openDesks } from '../support/console.js';
import type { Desks } from '../support/console.js';
import { describeNeeding } from '../support/require.js';

let desks: Desks;
beforeAll(async () => {
  desks = await openDesks();
});
afterEach(async () => {
  expect(await desks.clear()).toEqual([]);
});
afterAll(() => desks.close());

const left = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().left);

describeNeeding('languages and directions', missingChromium, () => {
  it('speaks Arabic from right to left: list, tabs and decisions are mirrored', async () => {
    const { page } = await desks.open({ user: 'amina', locale: 'ar-EG' });
    await live(page);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('html').getAttribute('lang')).toBe('ar');
    expect(await left(page, '[data-id]')).toBeGreaterThan(await left(page, '[data-testid=post]'));
    const [hate, not] = [page.getByRole('button', { name: 'أدنى' }), page.getByRole('button', { name: 'ليس كراهية' })];
    expect((await hate.boundingBox())!.x).toBeGreaterThan((await not.boundingBox())!.x);
    await page.getByText('إنسانية').first().waitFor({ state: 'attached' });
  });

  it('leaves each post in its own direction whatever the console speaks', async () => {
    const { page, backend } = await desks.open({ user: 'amina', locale: 'ar-EG' });
    await live(page);
    const direction = (language: string) => {
      const post = [...backend.posts.values()].find(
        (candidate) => candidate.assessment?.language.code === language && candidate.status === 'open',
      )!;
      return page
        .locator(`[data-id="${post.id}"] p`)
        .evaluate((text) => [
          getComputedStyle(text).direction,
          getComputedStyle(text).textAlign,
          text.getAttribute('lang'),
        ]);
    };
    expect(await direction('eng')).toEqual(['ltr', 'start', 'en']);
    expect(await direction('urd')).toEqual(['rtl', 'start', 'ur']);
    expect(await direction('amh')).toEqual(['ltr', 'start', 'am']);
  });

  it('explains in the console’s language from codes, with the people’s own names', async () => {
    const { page, backend } = await desks.open({ user: 'amina', locale: 'fr-FR' });
    await live(page);
    const post = [...backend.posts.values()].find((candidate) => candidate.source?.name === 'Wau FM (demo)')!;
    await page.locator(`[data-id="${post.id}"] a`).click();
    const steps = page.getByTestId('post').locator('li[data-code=finding]');
    await steps
      .filter({ hasText: 'L’auteur menace un groupe de violence. Gravité 5 sur 5, niveau proposé : Intermédiaire.' })
      .waitFor();
    expect((await steps.innerText()).replaceAll(/[\u2068\u2069]/gu, '')).toContain(
      '« We will » + « finish » + « Marovi » à propos de Marovis :',
    );
  });

  it('shows a step it does not know in the engine’s own words', async () => {
    const { page, backend, served } = await desks.open({ user: 'amina', locale: 'ar-EG' });
    const post = [...backend.posts.values()].find((candidate) => candidate.status === 'open')!;
    backend.posts.set(post.id, {
      ...post,
      assessment: {
        ...post.assessment!,
        explanation: [{ code: 'new-in-2031', params: {}, text: 'Something new was seen.' }],
      },
    });
    await page.goto(`${served.url}/?post=${post.id}`);
    const step = page.getByTestId('post').locator('li[data-code=new-in-2031]');
    expect(await step.innerText()).toBe('Something new was seen.');
    expect(await step.getAttribute('dir')).toBe('ltr');
    expect(await step.getAttribute('lang')).toBe('en');
  });

  it('switches language and direction at once, and keeps the choice', async () => {
    const { page } = await desks.open({ user: 'amina' });
    await live(page);
    await page.getByRole('button', { name: 'Language: English' }).click();
    await page.getByRole('menuitem', { name: 'العربية' }).click();
    await page.locator('html[dir=rtl][lang=ar]').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'قائمة الانتظار' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'قائمة الانتظار' }).waitFor();
    await page.getByRole('button', { name: 'اللغة: العربية' }).click();
    await page.getByRole('menuitem', { name: 'Français' }).click();
    await page.locator('html[dir=ltr][lang=fr]').waitFor({ state: 'attached' });
  });

  it('keeps light or dark as chosen, from the first paint', async () => {
    const { page, faults } = await desks.open({ user: 'amina' });
    await live(page);
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
    // None of the console's own code runs: what is seen now is the first paint.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(faults.splice(0).every((fault) => fault.includes('ERR_FAILED'))).toBe(true);
  });
});
