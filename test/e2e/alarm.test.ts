import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import request from 'supertest';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { launchChromium, missingChromium } from '../support/chromium.js';
import { root } from '../support/engine.js';
import { describeNeeding } from '../support/require.js';

/** A post must be on the screen within this time of its 202. */
const soon = 1_000;

describeNeeding('the alarm, in two browsers on the real service', missingChromium, () => {
  let app: TestApp;
  let browser: Browser;
  let key: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await startApp({ TOCSIN_LEXICONS: join(root, 'lexicons') });
    browser = await launchChromium();
    key = await app.key('ingest', 'read');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** Somebody who has signed in by a one-time link and waits at the open queue. */
  async function moderator(name: string): Promise<Page> {
    const email = `${name.toLowerCase()}@example.org`;
    await app.accounts.users.add({ name, email, role: 'moderator' });
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${name}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`));
    page.on('request', (sent) => {
      if (!sent.url().startsWith(app.url)) complaints.push(`${name} asked ${sent.url()}`);
    });
    await page.goto((await app.accounts.users.link(email)).replace(app.publicUrl, app.url));
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  async function post(text: string): Promise<string> {
    const answer = await request(app.url)
      .post('/v1/posts')
      .set('x-api-key', key)
      .send({ text, source: { name: 'Test radio', kind: 'radio' } });
    expect(answer.status).toBe(202);
    return (answer.body as { id: string }).id;
  }

  it('a posted text is on both open consoles within a second, is decided by keyboard, and the other browser shows it', async () => {
    const [ana, ben] = await Promise.all([moderator('Ana'), moderator('Ben')]);
    const id = await post('Refugees are cockroaches, drive them all out of our town.');
    const row = (page: Page) => page.locator(`[data-id="${id}"]`);
    await Promise.all([row(ana).waitFor({ timeout: soon }), row(ben).waitFor({ timeout: soon })]);
    expect(await row(ana).textContent()).not.toContain('cockroaches');

    await row(ana).getByRole('link').click();
    await ana.getByTestId('post').waitFor();
    const decided = ana.waitForResponse(/\/decision$/u);
    await ana.keyboard.press('2');
    expect((await decided).status()).toBe(200);
    await row(ben).waitFor({ state: 'detached', timeout: soon });

    const read = await request(app.url).get(`/v1/posts/${id}`).set('x-api-key', key);
    expect(read.body).toMatchObject({
      status: 'confirmed',
      review: { level: 'intermediate', history: [{ decision: 'confirm', byName: 'Ana' }] },
    });
    expect(complaints).toEqual([]);
  });

  it('a console that was offline shows exactly what it missed', async () => {
    const cleo = await moderator('Cleo');
    await cleo.context().setOffline(true);
    await cleo.getByText('Live', { exact: true }).waitFor({ state: 'detached' });
    const ids = [await post('Immigrants are rats.'), await post('Kill all Muslims.')];
    await post('Good morning, the market opens at eight.');
    await app.app.idle();
    await cleo.context().setOffline(false);
    for (const id of ids) await cleo.locator(`[data-id="${id}"]`).waitFor();
    expect(await cleo.locator('[data-id]').count()).toBe(ids.length);
  });
});
