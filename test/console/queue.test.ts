import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { hasTokens, queryTokens } from '../../src/contract/search.js';
import { missingChromium } from '../support/chromium.js';
import { chosen, listed, live, openDesks } from '../support/console.js';
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

describeNeeding('the queue', missingChromium, () => {
  it('lists open posts by priority, highest first, and opens the first', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const open = [...backend.posts.values()].filter((post) => post.status === 'open');
    const score = (id: string) => backend.posts.get(id)?.assessment?.priority.score ?? -1;
    const ids = await listed(page);
    expect(ids).toHaveLength(open.length);
    expect(ids.map(score)).toEqual(open.map((post) => score(post.id)).sort((a, b) => b - a));
    await page.waitForURL(/post=/u);
    expect(chosen(page)).toBe(ids[0]);
  });

  it('shows in each row why it stands there, where it is from and about whom it is', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const post = [...backend.posts.values()].find((candidate) => candidate.source?.name === 'Radio Mlima (demo)')!;
    const row = page.locator(`[data-id="${post.id}"]`);
    const text = await row.innerText();
    for (const part of [
      '84',
      'Top candidate',
      '4/5',
      'English',
      'Latin',
      'Nakuru',
      'Kenya',
      'Radio Mlima (demo)',
      'Teskan',
      'Calls for or threatens an act',
      'About 180,000 reached',
      '4 min ago',
      'invented',
    ]) {
      expect(text).toContain(part);
    }
    expect(await row.getByRole('img', { name: 'Priority 84 of 100' }).count()).toBe(1);
    expect(await row.getByRole('img', { name: 'Severity 4 of 5' }).count()).toBe(1);
  });

  it('hides every attacking word of the list, for readers and for the page itself', async () => {
    const { page } = await desks.open({ user: 'amina' });
    await live(page);
    const text = await page.locator('ol[aria-label="Posts to review"]').evaluate((list) => list.textContent);
    for (const word of [
      'cockroaches',
      'driven out',
      'grubbers',
      'cancer',
      'صراصير',
      'القضاء',
      'በረሮዎች',
      'ခွေး',
      'тараканы',
      '蛆虫',
    ])
      expect(text).not.toContain(word);
    expect(text).toContain('Teskan');
  });

  it('narrows by language, country, group, category, level and workspace, and keeps that in the address', async () => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/?language=swa' });
    await live(page);
    const languages = () =>
      listed(page).then((ids) => [...new Set(ids.map((id) => backend.posts.get(id)?.assessment?.language.code))]);
    expect(await languages()).toEqual(['swa']);
    await page.getByRole('button', { name: 'Filters' }).click();
    const filters = page.getByRole('dialog', { name: 'Filters' });
    await filters.getByRole('combobox', { name: 'Country' }).fill('Tanz');
    await page.getByRole('option', { name: 'Tanzania' }).click();
    await page.waitForURL(/country=TZA/u);
    await page.waitForFunction(() => document.querySelectorAll('[data-id]').length === 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove filter: Swahili' }).click();
    await page.waitForURL((url) => !url.searchParams.has('language'));
    await page.reload();
    await live(page);
    expect(new URL(page.url()).searchParams.get('country')).toBe('TZA');
    expect((await listed(page)).every((id) => backend.posts.get(id)?.place?.country === 'TZA')).toBe(true);
    for (const [query, fits] of [
      ['group=X.rel.sarrani', (id: string) => backend.posts.get(id)?.assessment?.groups.includes('X.rel.sarrani')],
      ['category=T11', (id: string) => backend.posts.get(id)?.assessment?.categories.includes('T11')],
      ['level=bottom', (id: string) => backend.posts.get(id)?.assessment?.level === 'bottom'],
      ['workspace=main', (id: string) => backend.posts.get(id)?.workspace === 'main'],
    ] as const) {
      await page.goto(new URL(`/?${query}`, page.url()).href);
      await live(page);
      const ids = await listed(page);
      expect(ids.length).toBeGreaterThan(1);
      expect(ids.every(fits)).toBe(true);
    }
  });

  it('has tabs for what was escalated and what is decided, with counts', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const count = (...statuses: string[]) =>
      [...backend.posts.values()].filter((post) => statuses.includes(post.status)).length;
    const tabs = page.getByRole('navigation', { name: 'Posts by state' });
    await tabs.getByRole('link', { name: `Open ${count('open')}` }).waitFor();
    await tabs.getByRole('link', { name: `Decided ${count('confirmed', 'not_hate')}` }).click();
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-id]').length === wanted,
      count('confirmed', 'not_hate'),
    );
    expect(
      (await listed(page)).map((id) => backend.posts.get(id)?.status ?? '').toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['confirmed', 'confirmed', 'not_hate', 'not_hate']);
    await page.getByTestId('post').getByText('Checked with the regional desk.').waitFor();
    await tabs.getByRole('link', { name: `Escalated ${count('escalated')}` }).click();
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-id]').length === wanted,
      count('escalated'),
    );
  });

  it('says that nothing waits when nothing does', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/?language=zul' });
    await page.getByText('Nothing waits here.').waitFor();
  });

  it('finds posts by their words and says so in the address', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const open = [...backend.posts.values()].filter((post) => post.status === 'open');
    const having = (word: string) => open.filter(({ text }) => hasTokens(text, queryTokens(word))).map(({ id }) => id);
    const word = open
      .flatMap(({ text }) => text.match(/[a-z]{7,}/gu) ?? [])
      .find((candidate) => having(candidate).length === 2)!;
    await page.getByRole('button', { name: 'Filters' }).click();
    const field = page.getByRole('searchbox', { name: 'Words of the text' });
    await field.fill(word.toUpperCase());
    await field.press('Enter');
    await page.waitForURL(/q=/u);
    await page.getByRole('button', { name: `Remove filter: “${word.toUpperCase()}”` }).waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('[data-id]').length === count, 2);
    expect((await listed(page)).toSorted()).toEqual(having(word).toSorted());
  });
});
