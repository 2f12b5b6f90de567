import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Sketch } from '../../src/console/mock-api/sketch.js';
import { missingChromium } from '../support/chromium.js';
import { listed, live, openDesks } from '../support/console.js';
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

const urgent: Sketch = {
  language: 'eng',
  country: 'KEN',
  source: ['Wau FM (demo)', 'radio'],
  speaker: 'armed_group',
  reach: { views: 9_000_000 },
  minutesAgo: 0,
  text: '{v|Kill} the {t|Marovi} tonight.',
  findings: [{ rule: 'call-kill', groups: ['X.eth.marovi'] }],
};
const slight: Sketch = {
  language: 'eng',
  source: ['Bonde Talk (demo)', 'social'],
  speaker: 'ordinary',
  reach: { followers: 3 },
  minutesAgo: 0,
  text: '{t|Bolvani}, {b|stupid} as ever.',
  findings: [{ rule: 'vilify', groups: ['X.nat.bolvani'] }],
};

const places = (page: Page) =>
  page
    .locator('[data-id]')
    .evaluateAll((rows) =>
      rows.slice(0, 4).map((row) => [row.getAttribute('data-id'), row.getBoundingClientRect().top]),
    );

describeNeeding('what comes in while somebody reads', missingChromium, () => {
  it('waits behind a button when it belongs above what is seen, and moves nothing', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const before = await places(page);
    const post = backend.arrive(urgent);
    const button = page.getByTestId('arrivals');
    await button.waitFor();
    expect(await button.innerText()).toBe('1 new post');
    expect(await places(page)).toEqual(before);
    await page.getByRole('status').filter({ hasText: '1 new post' }).waitFor();
    backend.arrive(urgent);
    await button.filter({ hasText: '2 new posts' }).waitFor();
    await button.click();
    await button.waitFor({ state: 'detached' });
    const ids = await listed(page);
    expect(ids[1]).toBe(post.id);
    expect(await page.locator('[data-fresh]').count()).toBe(2);
    // Whoever asks for less motion gets none.
    expect(
      await page
        .locator('[data-fresh] a')
        .first()
        .evaluate((row) => getComputedStyle(row).animationName),
    ).toBe('none');
  });

  it('comes by the dot key too', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const post = backend.arrive(urgent);
    await page.getByTestId('arrivals').waitFor();
    await page.keyboard.press('.');
    await page.locator(`[data-id="${post.id}"]`).waitFor();
    expect((await listed(page))[0]).toBe(post.id);
  });

  it('takes its place at once below what is seen', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const before = await places(page);
    const post = backend.arrive(slight);
    await page.locator(`[data-id="${post.id}"]`).waitFor({ state: 'attached' });
    expect(await page.getByTestId('arrivals').count()).toBe(0);
    expect(await places(page)).toEqual(before);
    const score = (id: string) => backend.posts.get(id)?.assessment?.priority.score ?? -1;
    const scores = (await listed(page)).map(score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('stays out of a list whose filter it does not pass', async () => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/?language=swa' });
    await live(page);
    const before = await listed(page);
    backend.arrive(urgent);
    const fitting = backend.arrive({ ...slight, language: 'swa' });
    await page.locator(`[data-id="${fitting.id}"]`).waitFor({ state: 'attached' });
    expect((await listed(page)).toSorted()).toEqual([...before, fitting.id].toSorted());
  });

  it('is not lost between loading the list and following the stream', async () => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/account' });
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    // The answer is made before the post comes in, and delivered after the stream has told of it.
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/v1/posts?*', async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    });
    await page.locator('[data-state=live]').waitFor();
    const asked = page.waitForRequest(/\/v1\/posts\?/u);
    await page.getByRole('link', { name: 'Queue' }).click();
    await asked;
    const counted = page.waitForResponse(/\/v1\/posts\/counts/u);
    const post = backend.arrive(urgent);
    backend.decideAs('Joseph', [...backend.posts.values()].find((candidate) => candidate.status === 'open')!.id, {
      decision: 'not_hate',
    });
    // The counts are asked for again once the stream has brought both.
    await counted;
    release();
    await page.locator(`[data-id="${post.id}"]`).waitFor();
    const open = [...backend.posts.values()].filter((candidate) => candidate.status === 'open');
    expect((await listed(page)).toSorted()).toEqual(open.map((candidate) => candidate.id).toSorted());
  });
});

describeNeeding('the connection', missingChromium, () => {
  it('says when it is lost, finds itself again, and misses nothing', async () => {
    const opened = await desks.open({ user: 'amina' });
    const { page, backend, served } = opened;
    await live(page);
    const before = await listed(page);
    served.cutStream();
    await page.locator('[data-state=lost]').waitFor();
    const post = backend.arrive(urgent);
    backend.decideAs('Joseph', before[1]!, { decision: 'not_hate' });
    await page.locator('[data-state=live]').waitFor();
    await page.getByTestId('arrivals').filter({ hasText: '1 new post' }).waitFor();
    await page.keyboard.press('.');
    await page.locator(`[data-id="${before[1]}"]`).waitFor({ state: 'detached' });
    expect(await listed(page)).toEqual([post.id, ...before.filter((id) => id !== before[1])]);
  });

  it('ends with the session: the sign-in page comes, and the same view after it', async () => {
    const opened = await desks.open({ user: 'amina', path: '/?language=swa' });
    const { page, backend } = opened;
    await live(page);
    backend.sessions.clear();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    opened.faults.splice(0);
    await page.getByLabel('E-mail').fill('amina@example.org');
    await page.getByLabel(/^Password/u).fill('long enough');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await live(page);
    expect(new URL(page.url()).searchParams.get('language')).toBe('swa');
  });
});
