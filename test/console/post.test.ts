import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Post } from '../../src/contract/post.js';
import { missingChromium } from '../support/chromium.js';
import { listed, live, openDesks } from '../support/console.js';
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

async function openPost(wanted: (post: Post) => boolean): Promise<Desk & { post: Post }> {
  const desk = await desks.open({ user: 'amina' });
  const post = [...desk.backend.posts.values()].find(wanted)!;
  await live(desk.page);
  await desk.page.goto(`${desk.served.url}/?post=${post.id}`);
  await desk.page.getByTestId('post').waitFor();
  return { ...desk, post };
}

describeNeeding('a post', missingChromium, () => {
  it('shows its text in its own language and direction, with roles that do not hang on colour', async () => {
    const { page } = await openPost((post) => post.source?.name === 'صوت الوادي (تجريبي)' && post.status === 'open');
    const text = page.getByTestId('post').locator('p[lang=ar]').first();
    expect(await text.getAttribute('dir')).toBe('auto');
    expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    const styles = await text
      .locator('mark')
      .evaluateAll((marks) =>
        Object.fromEntries(
          marks.map((mark) => [mark.getAttribute('data-role'), getComputedStyle(mark).textDecorationStyle]),
        ),
      );
    expect(styles).toEqual({ cue: 'dotted', attack: 'solid', target: 'double' });
  });

  it('hides hurtful words until they are asked for, and again in the next post', async () => {
    const { page } = await openPost((post) => post.source?.name === 'Radio Mlima (demo)');
    const post = page.getByTestId('post');
    const text = () => post.evaluate((element) => element.textContent);
    expect(await text()).not.toContain('cockroaches');
    expect(await text()).toContain('driven out');
    await post.getByRole('img', { name: 'hidden word (dehumanising word)' }).first().waitFor();
    await page.keyboard.press('r');
    await post.locator('mark', { hasText: 'cockroaches' }).waitFor();
    await page.keyboard.press('r');
    await post.locator('mark', { hasText: 'cockroaches' }).waitFor({ state: 'detached' });
    await post.getByRole('button', { name: 'Show words' }).click();
    await post.locator('mark', { hasText: 'cockroaches' }).waitFor();
    await page.keyboard.press('j');
    await post.getByRole('button', { name: 'Show words' }).waitFor();
    await page.keyboard.press('k');
    await post.locator('mark', { hasText: 'driven out' }).waitFor();
    expect(await text()).not.toContain('cockroaches');
  });

  it('shows hurtful words for as long as the key is held', async () => {
    const { page } = await openPost((post) => post.source?.name === 'Radio Mlima (demo)');
    const word = page.getByTestId('post').locator('mark', { hasText: 'cockroaches' });
    // A held key in the page's own time: the event carries when it happened.
    const press = (type: 'keydown' | 'keyup', timeStamp: number) =>
      page.evaluate(
        ({ kind, at }) => {
          const event = new KeyboardEvent(kind, { key: 'r', code: 'KeyR', bubbles: true });
          Object.defineProperty(event, 'timeStamp', { value: at });
          document.body.dispatchEvent(event);
        },
        { kind: type, at: timeStamp },
      );
    await press('keydown', 1_000);
    await word.waitFor();
    await press('keyup', 2_000);
    await word.waitFor({ state: 'detached' });
  });

  it('explains itself: steps, findings with rule, stance and evidence, Rabat, priority, context', async () => {
    const { page } = await openPost((post) => post.source?.name === 'Sauti ya Bonde (demo)');
    const post = page.getByTestId('post');
    const steps = await post.locator('ol li[data-code]').allInnerTexts();
    expect(steps[0]).toBe('Language: Swahili (97 %).');
    expect(steps.join(' ')).toContain(
      'A group is presented as animals, vermin or things. Severity 4 of 5, proposed level: Intermediate.',
    );
    expect(steps.join(' ')).not.toContain('mende');
    expect(await post.getByRole('note').innerText()).toContain('The Swahili lexicon is a draft');
    const finding = await post
      .getByTestId('finding')
      .filter({ hasText: 'Dehumanisation: animals and vermin' })
      .innerText();
    for (const part of [
      'asserted',
      'Teskan',
      'Ethnicity, tribe or clan',
      '86 %',
      'Meaning: cockroaches',
      'Why it inflames:',
      'Harmless senses:',
      'Sources: invented-glossary',
    ])
      expect(finding).toContain(part);
    const rabat = post.getByRole('table', { name: 'Rabat factors' });
    expect(await rabat.getByRole('row', { name: /Intent U/u }).count()).toBe(1);
    expect(await rabat.getByRole('row', { name: /Speaker 3 Religious leader/u }).count()).toBe(1);
    expect(await post.getByRole('table', { name: 'Priority' }).getByRole('row').count()).toBe(6);
    const text = await post.innerText();
    for (const part of ['Arusha', 'Tanzania', '90,000 views', 'Sauti ya Bonde (demo)', 'radio'])
      expect(text).toContain(part);
  });

  it('keeps what was cleared apart and says why', async () => {
    const { page } = await openPost((post) => post.assessment?.findings[0]?.stance === 'condemned');
    const post = page.getByTestId('post');
    await post.getByRole('heading', { name: 'Found, but does not count' }).waitFor();
    expect(await post.getByTestId('finding').innerText()).toContain('condemned – the writer condemns it');
    expect(await post.getByRole('heading', { name: 'Finding', exact: true }).count()).toBe(0);
  });

  it('says loudly that no lexicon reads a language, and never calls it clean', async () => {
    const { page } = await openPost((post) => post.assessment?.coverage.covered === false);
    const post = page.getByTestId('post');
    expect(await post.getByRole('note').innerText()).toMatch(/No lexicon reads this language .* unread, not clean/u);
    expect(await post.innerText()).not.toContain('Not hate');
    expect(await post.getByText('Unread', { exact: true }).count()).toBe(1);
  });

  it('scrolls with the arrows inside the post and walks the list outside of it', async () => {
    const { page } = await openPost((post) => post.source?.name === 'Radio Mlima (demo)');
    const ids = await listed(page);
    const at = (id: string) => page.waitForURL((url) => url.searchParams.get('post') === id);
    await page.getByTestId('post').getByRole('region').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.querySelector('[data-testid=post] [role=region]')!.scrollTop > 0);
    await page.locator('[data-id]').first().getByRole('link').focus();
    await page.keyboard.press('Enter');
    await at(ids[0]!);
    await page.keyboard.press('ArrowDown');
    await at(ids[1]!);
    await page.keyboard.press('ArrowUp');
    await at(ids[0]!);
  });
});
