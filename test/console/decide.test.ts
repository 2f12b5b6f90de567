import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { missingChromium } from '../support/chromium.js';
import { chosen, forgive, listed, live, openDesks } from '../support/console.js';
import type { Desk, Desks } from '../support/console.js';
import { describeNeeding } from '../support/require.js';

let desks: Desks;
beforeAll(async () => {
  desks = await openDesks();
});
afterEach(async () => {
  expect(await desks.clear()).toEqual([]);
});
afterAll(() => desks.close());

async function desk(): Promise<Desk & { ids: string[] }> {
  const opened = await desks.open({ user: 'amina' });
  await live(opened.page);
  await opened.page.waitForURL(/post=/u);
  return { ...opened, ids: await listed(opened.page) };
}

const shows = (page: Desk['page'], id: string | undefined) =>
  page.waitForURL((url) => url.searchParams.get('post') === id);
const gone = (page: Desk['page'], id: string | undefined) =>
  page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });

describeNeeding('deciding with the keyboard', missingChromium, () => {
  it.each([
    ['1', 'confirmed', 'bottom'],
    ['2', 'confirmed', 'intermediate'],
    ['3', 'confirmed', 'top'],
    ['n', 'not_hate', undefined],
    ['e', 'escalated', undefined],
  ])('%s decides, takes the post out and goes to the next', async (key, status, level) => {
    const { page, backend, ids } = await desk();
    const answered = page.waitForResponse(/\/decision$/u);
    await page.keyboard.press(key);
    await shows(page, ids[1]);
    await gone(page, ids[0]);
    await answered;
    expect(backend.posts.get(ids[0]!)).toMatchObject({ status, version: 3 });
    expect(backend.posts.get(ids[0]!)?.review?.level).toBe(level);
  });

  it('u takes the last decision back, goes to that post, and keeps both in its history', async () => {
    const { page, backend, ids } = await desk();
    await page.keyboard.press('2');
    await shows(page, ids[1]);
    await page.keyboard.press('u');
    await shows(page, ids[0]);
    await page.locator(`[data-id="${ids[0]}"]`).waitFor();
    await page.getByTestId('post').getByText('Reopened').waitFor();
    expect(await listed(page)).toEqual(ids);
    expect(backend.posts.get(ids[0]!)?.review?.history.map((record) => record.decision)).toEqual(['confirm', 'reopen']);
  });

  it('the message after a decision undoes it too', async () => {
    const { page, backend, ids } = await desk();
    await page.keyboard.press('n');
    await page.getByRole('status').filter({ hasText: 'Not hate' }).getByRole('button', { name: 'Undo' }).click();
    await shows(page, ids[0]);
    await page.locator(`[data-id="${ids[0]}"]`).waitFor();
    expect(backend.posts.get(ids[0]!)?.status).toBe('open');
  });

  it('m writes a note; its letters decide nothing; it goes with the decision', async () => {
    const { page, backend, ids } = await desk();
    await page.keyboard.press('m');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await page.keyboard.type('n1e: seen on 3 stations');
    await page.keyboard.press('Escape');
    const answered = page.waitForResponse(/\/decision$/u);
    await page.keyboard.press('e');
    await answered;
    expect(backend.posts.get(ids[0]!)?.review?.history).toMatchObject([
      { decision: 'escalate', note: 'n1e: seen on 3 stations', byName: 'Amina' },
    ]);
    expect(await page.getByLabel('Note', { exact: true }).count()).toBe(0);
  });

  it('finds the keys on an Arabic and on a French keyboard', async () => {
    const { page, backend, ids } = await desk();
    const press = (key: string, code: string) =>
      page.evaluate(
        ([k, c]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: k!, code: c!, bubbles: true })),
        [key, code],
      );
    await press('ى', 'KeyN');
    await shows(page, ids[1]);
    await press('é', 'Digit2');
    await shows(page, ids[2]);
    await gone(page, ids[1]);
    await page.getByRole('link', { name: /^Decided 6/u }).waitFor();
    expect(backend.posts.get(ids[0]!)?.status).toBe('not_hate');
    expect(backend.posts.get(ids[1]!)?.review?.level).toBe('intermediate');
  });

  it('? shows the keys, and single keys can be turned off there', async () => {
    const { page, backend, ids } = await desk();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Hate: intermediate').waitFor();
    await page.keyboard.press('1');
    await sheet.getByRole('switch', { name: 'Single-key shortcuts' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('1');
    await page.keyboard.press('ArrowDown');
    await shows(page, ids[1]);
    expect(backend.posts.get(ids[0]!)?.status).toBe('open');
  });
});

describeNeeding('deciding beside others', missingChromium, () => {
  it('shows who was faster, takes no second decision, and goes back to that post', async () => {
    const opened = await desk();
    const { page, backend, ids } = opened;
    const before = backend.posts.get(ids[0]!)!;
    // Decided elsewhere, and the stream has not said so yet.
    const record = { decision: 'not_hate' as const, by: 'joseph', byName: 'Joseph', at: '2026-03-01T12:00:00.000Z' };
    backend.posts.set(before.id, {
      ...before,
      version: before.version + 1,
      status: 'not_hate',
      review: { history: [record] },
    });
    await page.keyboard.press('3');
    await page
      .getByRole('alert')
      .filter({ hasText: 'Joseph was faster: Not hate. Your decision was not taken.' })
      .waitFor();
    await shows(page, ids[0]);
    await page.getByTestId('post').getByText('Decided by Joseph: Not hate.').waitFor();
    expect(backend.posts.get(ids[0]!)?.review?.history).toEqual([record]);
    forgive(opened, /409/u);
  });

  it('takes a post out when somebody else decides it, but not from under the eyes that read it', async () => {
    const { page, backend, ids } = await desk();
    backend.decideAs('Joseph', ids[2]!, { decision: 'not_hate' });
    await gone(page, ids[2]);
    backend.decideAs('Joseph', ids[0]!, { decision: 'confirm', level: 'top' });
    await gone(page, ids[0]);
    await page.getByTestId('post').getByText('Decided by Joseph: Hate confirmed (Top).').waitFor();
    expect(chosen(page)).toBe(ids[0]);
    await page.keyboard.press('j');
    await shows(page, ids[1]);
  });

  it('brings the post back and says so when the service cannot be reached', async () => {
    const opened = await desk();
    const { page, ids } = opened;
    await page.route('**/decision', (route) => route.abort());
    await page.keyboard.press('n');
    await page.getByRole('alert').filter({ hasText: 'The service cannot be reached.' }).waitFor();
    await shows(page, ids[0]);
    expect(await listed(page)).toEqual(ids);
    forgive(opened, /ERR_FAILED/u);
  });

  it('offers nothing to analysts, by key or button', async () => {
    const { page, backend } = await desks.open({ user: 'ana' });
    await live(page);
    await page.getByText('Analysts read; moderators decide.').waitFor();
    const first = (await listed(page))[0]!;
    await page.keyboard.press('1');
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.searchParams.get('post') !== first);
    expect(backend.posts.get(first)?.status).toBe('open');
    expect(await page.getByRole('button', { name: 'Not hate' }).count()).toBe(0);
  });
});
