import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
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

describeNeeding('the audit page', missingChromium, () => {
  it('shows who did what, newest first, page by page, and whether the chain holds', async () => {
    const { page, backend } = await desks.open({ user: 'admin', path: '/audit' });
    await page.getByText('The chain holds: all 130 entries follow on each other.').waitFor();
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    expect(await rows.first().locator('td').first().textContent()).toBe('130');
    await page.getByRole('button', { name: 'Older entries' }).click();
    await page.locator('tbody tr:nth-child(51)').waitFor();
    backend.audit.broken = { n: 7, reason: 'its content was changed' };
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The chain is broken at entry 7.').waitFor();
    await page.getByText('its content was changed').waitFor();
  });

  it('is filtered by action and actor, with the keyboard, and keeps that in its address', async () => {
    const { page } = await desks.open({ user: 'admin', path: '/audit' });
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    const actions = page.getByRole('combobox', { name: 'What' });
    await actions.fill('legal hold');
    await page
      .getByRole('option', { name: /legal hold/iu })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/action=evidence\.hold/u);
    await page.locator('tbody tr:only-child').waitFor();
    await actions.fill('everything');
    await page
      .getByRole('option', { name: /everything/iu })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('tbody tr:nth-child(50)').waitFor();
    await page.getByRole('button', { name: 'Only what Amina did' }).first().press('Enter');
    await page.waitForURL(/actor=amina/u);
    await page.locator('tbody tr:nth-child(26):last-child').waitFor();
    expect(await page.getByRole('button', { name: /^Only what/u }).allTextContents()).toEqual(Array(26).fill('Amina'));
    await page.getByRole('button', { name: 'Everybody again' }).press('Enter');
    await page.locator('tbody tr:nth-child(50)').waitFor();
  });

  it('is for administrators', async () => {
    const { page } = await desks.open({ user: 'amina', path: '/audit' });
    await page.getByText('Your account may not do that. An administrator can.').waitFor();
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });
});

describeNeeding('an erased post', missingChromium, () => {
  it('says in list and view that its words are gone, when and why, and offers no decision', async () => {
    const { page, backend } = await desks.open({ user: 'amina' });
    await live(page);
    const id = (await page.locator('[data-id]').first().getAttribute('data-id'))!;
    const row = page.locator(`[data-id="${id}"]`);
    await row.getByRole('link').click();
    await page
      .getByRole('button', { name: /^Not hate/u })
      .first()
      .waitFor();
    const words = backend.posts.get(id)!.text.slice(-12);
    backend.erase(id, 'request', 'court order 7');
    await page.getByTestId('tombstone').waitFor();
    const view = page.getByTestId('post');
    expect(await view.textContent()).toContain('because somebody asked for it');
    expect(await view.textContent()).toContain('court order 7');
    expect(await page.locator('body').textContent()).not.toContain(words);
    await row.getByText('Content erased').waitFor();
    expect(await page.getByRole('button', { name: /^Not hate/u }).count()).toBe(0);
    await page.keyboard.press('n');
    expect(backend.posts.get(id)!.status).toBe('open');
  });
});
