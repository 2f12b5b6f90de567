import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import request from 'supertest';
import { startApp } from '../support/app.js';
import type { TestApp } from '../support/app.js';
import { launchChromium, missingChromium } from '../support/chromium.js';
import { describeNeeding } from '../support/require.js';

/** What every page of the console asks of the service, with the real one behind it. */
describeNeeding('the console on the real service', missingChromium, () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp({ TOCSIN_DEMO: 'on' });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** A console of its own for somebody who just came in by a one-time link. */
  async function administrator(name: string): Promise<Page> {
    const email = `${name.toLowerCase()}@example.org`;
    await app.accounts.users.add({ name, email, role: 'admin' });
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await page.goto((await app.accounts.users.link(email)).replace(app.publicUrl, app.url));
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  /** The same person for every test that does not care who it is: the service takes only so many sign-ins a minute. */
  let known: Promise<Page> | undefined;
  const somebody = async () => (await (known ??= administrator('Fay'))).context().newPage();

  const go = (page: Page, path: string) => page.goto(app.url + path);
  const post = async (text: string) => {
    const sent = { text, source: { name: 'Test radio', kind: 'radio' } };
    const answer = await request(app.url)
      .post('/v1/posts')
      .set('x-api-key', await app.key('ingest'))
      .send(sent);
    expect(answer.status).toBe(202);
    await app.app.idle();
    return (answer.body as { id: string }).id;
  };

  it('takes a first password after a one-time link, and signs in with it', async () => {
    const page = await administrator('Dina');
    await go(page, '/account');
    await page.getByLabel(/^New password(?! again)/u).fill('four random words here');
    await page.getByLabel('New password again').fill('four random words here');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('The password is set.').waitFor();
    await page.getByLabel('Current password').fill('not the current one');
    await page.getByLabel(/^New password(?! again)/u).fill('some other words here');
    await page.getByLabel('New password again').fill('some other words here');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('This is not the current password').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill('dina@example.org');
    await page.getByLabel(/^Password/u).fill('four random words here');
    await page.keyboard.press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('explains a one-time link that was used', async () => {
    await app.accounts.users.add({ name: 'Eva', email: 'eva@example.org', role: 'moderator' });
    const link = (await app.accounts.users.link('eva@example.org')).replace(app.publicUrl, app.url);
    await request(link).get('');
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await page.goto(link);
    await page.getByRole('alert').filter({ hasText: 'This link was used before or is too old.' }).waitFor();
  });

  it('decides, takes back, and learns who was faster', async () => {
    const page = await somebody();
    const id = await post('Those blorven again.');
    await go(page, `/?post=${id}`);
    await page.locator(`[data-id="${id}"]`).waitFor();
    await page.getByTestId('post').getByText('Refugees').first().waitFor();
    const answered = page.waitForResponse(/\/decision$/u);
    await page.keyboard.press('n');
    expect((await answered).status()).toBe(200);
    await page.keyboard.press('u');
    await page.getByTestId('post').getByText('Reopened').waitFor();

    // The stream is cut off from this page, so that it decides on what is no longer so.
    await page.routeWebSocket(/socket\.io/u, () => undefined);
    await go(page, `/?post=${id}`);
    await page.getByTestId('post').waitFor();
    const other = await app.signIn('moderator');
    const now = await request(app.url).get(`/v1/posts/${id}`).set('cookie', other);
    const faster = { decision: 'confirm', level: 'bottom', expectedVersion: (now.body as { version: number }).version };
    const headers = { cookie: other, origin: app.url };
    expect((await request(app.url).post(`/v1/posts/${id}/decision`).set(headers).send(faster)).status).toBe(200);
    await page.keyboard.press('3');
    await page.getByRole('alert').filter({ hasText: 'the moderator was faster: Hate confirmed (Bottom).' }).waitFor();
  });

  it('uploads a file as it was mapped and shows the rows that were not taken', async () => {
    const page = await somebody();
    await go(page, '/uploads');
    const buffer = Buffer.from('Nachricht;lang;from\n"Guten; Tag";deu;Ana\nNo such language;German!;Ben\n;deu;Ana\n');
    await page.setInputFiles('input[type=file]', { name: 'field.csv', mimeType: 'text/csv', buffer });
    // Nothing known is called "Nachricht": the longest column is proposed. A recognised column is left out.
    expect(await page.getByRole('combobox', { name: 'Take column Nachricht for' }).inputValue()).toBe('Text');
    await page.getByRole('combobox', { name: 'Take column from for' }).click();
    await page.getByRole('option', { name: 'leave out' }).click();
    await page.getByLabel('Source', { exact: true }).fill('Field desk');
    await page.getByRole('button', { name: /^Send/u }).click();
    await page.getByRole('heading', { name: 'Result of field.csv' }).waitFor();
    const rows = page.getByRole('table', { name: 'Rejected rows' }).getByRole('row');
    expect((await rows.allInnerTexts()).slice(1)).toEqual(['4\ttext\ttext that is not empty']);
    const key = await app.key('read');
    const taken = await request(app.url).get('/v1/posts?source=Field%20desk').set('x-api-key', key);
    const items = (taken.body as { items: { text: string; author?: string }[] }).items;
    expect(items.map(({ text, author }) => [text, author]).toSorted(([a], [b]) => a!.localeCompare(b!))).toEqual([
      ['Guten; Tag', undefined],
      ['No such language', undefined],
    ]);
  });

  it('makes a key that works, and revokes it', async () => {
    const page = await somebody();
    await go(page, '/keys');
    await page.getByLabel('Name').fill('Partner');
    await page.getByLabel('classify: assess texts').check();
    await page.getByRole('button', { name: 'Create a key' }).click();
    const secret = await page.getByRole('region', { name: 'Secret' }).innerText();
    const classify = () =>
      request(app.url).post('/v1/classify').set('authorization', `Bearer ${secret}`).send({ text: 'Hello' });
    expect((await classify()).status).toBe(200);
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('button', { name: 'Revoke Partner' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page
      .getByRole('row', { name: /Partner/u })
      .getByText('revoked')
      .waitFor();
    expect((await classify()).status).toBe(401);
  });

  it('assesses a text that is pasted, and one that nobody can read', async () => {
    const page = await somebody();
    await go(page, '/try');
    await page.getByLabel('Text').fill('Refugees are blorven.');
    await page.getByRole('button', { name: 'Assess' }).click();
    await page.getByTestId('finding').getByText('A slur for a group is used.').waitFor();
    await page.getByLabel('Text').fill('ꤕꤢ꤬ꤔꤟꤢꤩ꤬ ꤊꤢꤪꤒꤟꤢꤧ꤬');
    await page.getByRole('button', { name: 'Assess' }).click();
    await page.getByRole('note').filter({ hasText: 'unread, not clean' }).waitFor();
  });

  it('removes the demonstration from every open console', async () => {
    const [page, other] = [await somebody(), await administrator('Kim')];
    await page.goto(app.url);
    const banner = (of: Page) => of.getByRole('complementary', { name: 'Demonstration' });
    await Promise.all([banner(page).waitFor(), banner(other).waitFor()]);
    await page.getByRole('button', { name: 'Remove invented posts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove invented posts' }).click();
    await Promise.all([banner(page).waitFor({ state: 'detached' }), banner(other).waitFor({ state: 'detached' })]);
  });
});
