import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { missingChromium } from '../support/chromium.js';
import { forgive, live, openDesks } from '../support/console.js';
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

describeNeeding('signing in', missingChromium, () => {
  it('asks first, says what does not match, and goes where one wanted to go', async () => {
    const desk = await desks.open({ path: '/uploads' });
    const { page } = desk;
    await page.getByLabel('E-mail').fill('amina@example.org');
    await page.getByLabel(/^Password/u).fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail and password do not match.').waitFor();
    await page.getByLabel(/^Password/u).fill('long enough');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Uploads', exact: true }).waitFor();
    forgive(desk, /401/u);
    forgive(desk, /401/u);
  });

  it('tells how to come by a link', async () => {
    const desk = await desks.open();
    await desk.page.getByText('npx tocsin user link').waitFor();
    forgive(desk, /401/u);
  });

  it('lets a one-time link in, and explains one that is used up', async () => {
    const desk = await desks.open({ path: '/api/auth/magic-link/verify?token=good&callbackURL=/' });
    await live(desk.page);
    await desk.page.getByRole('button', { name: 'Admin' }).click();
    await desk.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await desk.page.getByRole('button', { name: 'Sign in' }).waitFor();
    for (const query of ['token=old&callbackURL=/', 'token=old&callbackURL=/&errorCallbackURL=/sign-in']) {
      await desk.page.goto(`${desk.served.url}/api/auth/magic-link/verify?${query}`);
      await desk.page.getByRole('alert').filter({ hasText: 'This link was used before or is too old.' }).waitFor();
    }
    desk.faults.splice(0, desk.faults.length, ...desk.faults.filter((fault) => !/401/u.test(fault)));
  });

  it('sends nobody to another site', async () => {
    const desk = await desks.open({ path: '/sign-in?from=https://evil.example/' });
    await desk.page.getByLabel('E-mail').fill('amina@example.org');
    await desk.page.getByLabel(/^Password/u).fill('long enough');
    await desk.page.keyboard.press('Enter');
    await live(desk.page);
    expect(new URL(desk.page.url()).origin).toBe(desk.served.url);
  });
});

describeNeeding('the account', missingChromium, () => {
  it('sets a password and says what is wrong with one', async () => {
    const desk = await desks.open({ user: 'amina', path: '/account' });
    const { page } = desk;
    const fill = async (current: string, next: string, again: string) => {
      await page.getByLabel('Current password').fill(current);
      await page.getByLabel(/^New password(?! again)/u).fill(next);
      await page.getByLabel('New password again').fill(again);
    };
    await fill('wrong-password', 'short', 'other');
    await page.getByText('At least 12 characters', { exact: true }).waitFor();
    await page.getByText('Not the same as above').waitFor();
    await fill('wrong-password', 'a long new password', 'a long new password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('This is not the current password').waitFor();
    await page.getByLabel('Current password').fill('right-password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('The password is set.').waitFor();
    expect(await page.getByLabel('Current password').inputValue()).toBe('');
    forgive(desk, /422/u);
  });
});

describeNeeding('uploads', missingChromium, () => {
  const csv =
    'message;date;lang;from\n"Hello; world";2026-03-01;swa;ana\nSecond row;2026-03-02;Swahili;ben\n;2026-03-02;swa;ana\n';

  it('previews, maps, sends what was chosen, and lists rejected rows with line, field and what was expected', async () => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/uploads' });
    await page.setInputFiles('input[type=file]', { name: 'field.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('cell', { name: 'Hello; world' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Take column message for' }).inputValue()).toBe('Text');
    expect(await page.getByRole('combobox', { name: 'Take column lang for' }).inputValue()).toBe('Language');
    expect(await page.getByRole('combobox', { name: 'Take column from for' }).inputValue()).toBe('Author');
    await page.getByRole('combobox', { name: 'Take column from for' }).click();
    await page.getByRole('option', { name: 'leave out' }).click();
    await page.getByLabel('Source', { exact: true }).fill('Radio A');
    await page.getByRole('button', { name: /^Send/u }).click();
    await page.getByRole('heading', { name: 'Result of field.csv' }).waitFor();
    // What was only recognised by its name is left to the service, which is lenient there; what comes after the file it cannot use.
    expect(backend.sent).toMatchObject([
      {
        fileName: 'field.csv',
        mapping: { author: '' },
        defaults: { source: { name: 'Radio A', kind: 'other' } },
        parts: ['mapping', 'defaults', 'file'],
      },
    ]);
    await page.getByRole('cell', { name: 'field.csv', exact: true }).waitFor();
  });

  it('shows each rejected row', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/uploads' });
    const plain = 'message,lang\nGood row,swa\nBad language,Swahili\n,swa\nGood row,swa\n';
    await page.setInputFiles('input[type=file]', {
      name: 'rows.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(plain),
    });
    await page.getByRole('button', { name: /^Send/u }).click();
    const counts = page.locator('dl').first();
    await counts.waitFor();
    expect((await counts.innerText()).split(/\s*\n\s*/u)).toEqual([
      'accepted',
      '1',
      'there already',
      '1',
      'rejected',
      '2',
    ]);
    const rows = page.getByRole('table', { name: 'Rejected rows' }).getByRole('row');
    expect(await rows.allInnerTexts()).toEqual([
      'Line\tField\tExpected',
      '3\tlanguage\tan ISO 639-3 code of three lower-case letters, e.g. "swa"',
      '4\ttext\ttext that is not empty',
    ]);
  });

  it.each([
    ['picture.png', Buffer.from('x'), 'Only .csv, .jsonl and .ndjson files can be read.'],
    ['empty.csv', Buffer.from(''), 'The file is empty.'],
    ['latin1.csv', Buffer.from('text\ncaf\u00e9\n', 'latin1'), 'The file is not UTF-8.'],
    ['heading.csv', Buffer.from('text,lang\n'), 'The file needs a first row with column names'],
    ['broken.jsonl', Buffer.from('{"text": "a"\n'), 'A line of the file is not a JSON object.'],
  ])('says before sending what is wrong with %s', async (name, buffer, message) => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/uploads' });
    await page.setInputFiles('input[type=file]', { name, mimeType: 'application/octet-stream', buffer });
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    expect(backend.uploads).toEqual([]);
  });

  it('takes a dropped file', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/uploads' });
    const zone = page.getByText('Drop a file here, or');
    await zone.waitFor();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['{"text": "One"}\n{"text": "Two", "source": {"name": "Radio"}}\n'], 'lines.jsonl'));
      return transfer;
    });
    await zone.dispatchEvent('drop', { dataTransfer: data });
    await page.getByRole('heading', { name: 'Check lines.jsonl' }).waitFor();
    await page.getByText('taken as it is').waitFor();
  });
});

describeNeeding('API keys', missingChromium, () => {
  it('are made, shown once with a first call, listed and revoked', async () => {
    const { page, backend } = await desks.open({ user: 'admin', path: '/keys' });
    await page.getByLabel('Name').fill('Radio monitor');
    await page.getByLabel('classify: assess texts').check();
    await page.getByRole('button', { name: 'Create a key' }).click();
    const secret = await page.getByRole('region', { name: 'Secret' }).innerText();
    expect(await page.getByRole('region', { name: 'A first call' }).innerText()).toContain(
      `Authorization: Bearer ${secret}`,
    );
    expect(backend.keys[0]).toMatchObject({ name: 'Radio monitor', scopes: ['classify', 'ingest'] });
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByLabel('Name').waitFor();
    expect(await page.evaluate(() => document.body.textContent)).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke Radio monitor' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('cell', { name: 'revoked' }).waitFor();
    expect(backend.keys[0]?.revokedAt).toBeDefined();
  });

  it('are for administrators only', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/keys' });
    await page.getByText('Your account may not do that.').waitFor();
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  });
});

describeNeeding('trying a text', missingChromium, () => {
  it('shows the assessment with marks and stores nothing', async () => {
    const { page, backend } = await desks.open({ user: 'amina', path: '/try' });
    const before = backend.posts.size;
    await page.getByLabel('Text').fill('These grubbers are back on our corner again.');
    await page.getByRole('button', { name: 'Assess' }).click();
    await page.getByRole('img', { name: 'hidden word (slur)' }).first().waitFor();
    await page.getByRole('button', { name: 'Show words' }).click();
    await page.locator('mark', { hasText: 'grubbers' }).waitFor();
    expect(await page.getByTestId('finding').innerText()).toContain('Bolvani');
    expect(backend.posts.size).toBe(before);
  });

  it('does not call clean what it could not read', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/try' });
    await page.getByLabel('Text').fill('ꤕꤢ꤬ꤔꤟꤢꤩ꤬');
    await page.getByRole('button', { name: 'Assess' }).click();
    await page.getByRole('note').filter({ hasText: 'unread, not clean' }).waitFor();
    expect(await page.getByText('Not hate', { exact: true }).count()).toBe(0);
  });
});

describeNeeding('the demonstration', missingChromium, () => {
  it('is named as such, and an administrator removes it after being asked', async () => {
    const { page, backend } = await desks.open({ user: 'admin' });
    await live(page);
    await page.getByRole('complementary', { name: 'Demonstration' }).getByText('posts here are invented').waitFor();
    await page.getByRole('button', { name: 'Remove invented posts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect([...backend.posts.values()].some((post) => post.workspace === 'demo')).toBe(true);
    await page.getByRole('button', { name: 'Remove invented posts' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove invented posts' }).click();
    await page.getByRole('complementary', { name: 'Demonstration' }).waitFor({ state: 'detached' });
    const main = [...backend.posts.values()].filter((post) => post.status === 'open').length;
    await page.waitForFunction((wanted) => document.querySelectorAll('[data-id]').length === wanted, main);
  });

  it('vanishes from other screens too, and moderators cannot remove it', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const banner = page.getByRole('complementary', { name: 'Demonstration' });
    await banner.waitFor();
    expect(await banner.getByRole('button').count()).toBe(0);
    const admin = backend.signIn('admin');
    backend.handle({
      method: 'DELETE',
      path: '/v1/demo',
      query: new URLSearchParams(),
      body: Buffer.alloc(0),
      contentType: '',
      session: admin,
    });
    await banner.waitFor({ state: 'detached' });
  });
});

describeNeeding('the packs', missingChromium, () => {
  it('show by keyboard alone what is held for the groups of a country, and why there is nothing', async () => {
    const { page } = await desks.open({ user: 'ana', path: '/' });
    await live(page);
    await page.getByRole('link', { name: 'Lexicons' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Swahili swa draft 312 58 9 402 468 71/u }).waitFor();
    await page.getByText('2 of 3 packs are drafts').waitFor();
    await page.getByRole('combobox', { name: 'Country' }).focus();
    await page.keyboard.type('Keny');
    // The whole list holds it too, before it is narrowed to what was typed.
    await page.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 1);
    await page.getByRole('option', { name: 'Kenya' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page
      .getByText('Groups: 3. Without a term beside another with many: 1, of which still to be filled: 1.')
      .waitFor();
    await page.getByRole('row', { name: /Teskan.* 4 0 To be filled\. No source of the register/u }).waitFor();
    expect(new URL(page.url()).search).toBe('?country=KEN');
  });

  it('say where nobody wrote a reason', async () => {
    const { page } = await desks.open({ user: 'ana', path: '/packs?country=SDN' });
    await page.getByText('Nobody has said why.').waitFor();
  });
});
