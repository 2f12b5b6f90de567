import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { escapeHtml, html } from '../../src/evaluation/html.js';
import type { Outcome } from '../../src/evaluation/outcome.js';
import { renderReport } from '../../src/evaluation/report.js';
import { summarise } from '../../src/evaluation/summary.js';
import { launchChromium, missingChromium } from '../support/chromium.js';
import { describeNeeding } from '../support/require.js';
import { many, outcome } from './outcomes.js';

const hostile = `</p></style></title><script>window.pwned=1</script><img src=x onerror="window.pwned=2"><svg onload=window.pwned=3>'"\`&amp; \u202e\u0000\ud800`;
const finding = {
  rule: hostile,
  category: hostile,
  stance: hostile,
  cleared: false,
  groups: [hostile],
  words: [hostile],
};

/** Hostile in every field that a file can fill. */
const evil = (id: string, expected: boolean, flagged: boolean): Outcome =>
  outcome(
    `${hostile}${id}`,
    {
      file: hostile,
      text: hostile,
      expected,
      lang: hostile,
      label: hostile,
      target: hostile,
      functionality: hostile,
      template: `${hostile}${id}`,
    },
    { flagged, confidence: flagged ? 0.75 : 0, lang: hostile, groups: [hostile], findings: [finding] },
  );

const outcomes: Outcome[] = [
  ...many(6, true, true, { functionality: 'slur', lang: 'eng' }),
  ...many(3, true, false, { functionality: 'leet', lang: 'swa' }),
  ...many(9, false, false, { functionality: 'neutral', lang: 'eng' }),
  outcome(
    'arabic',
    { expected: false, text: 'لاجئون في المدينة', lang: 'ara', functionality: 'neutral' },
    { flagged: true, lang: 'und', covered: false, confidence: 0.95 },
  ),
  evil('missed', true, false),
  evil('alarm', false, true),
];
const options = { matches: () => true, seed: 1, resamples: 50 };

/** `name` stands for everything besides the rows that comes from outside. */
function report(list: Outcome[] = outcomes, name = hostile): string {
  const before = list.map((one, i) =>
    i % 4 === 0 ? { ...one, found: { ...one.found, flagged: !one.found.flagged } } : one,
  );
  const files = [
    { name: 'set.jsonl', rows: 18, bad: 0 },
    { name, rows: 2, bad: 1 },
  ];
  const evaluation = { revision: name, files, bad: [{ file: name, line: 3, reason: name }], outcomes: list };
  return renderReport(
    summarise(evaluation, { ...options, by: 'functionality', against: { revision: name, outcomes: before } }),
    list,
  );
}

describe('the report as a file', () => {
  it('lets nothing of a text become markup', () => {
    const page = report();
    // The only elements are ours: a text's tags are there as text.
    expect(page.match(/<script|<img|onload="|onerror="|<svg onload/i)).toBeNull();
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.match(/<\/title>/g)).toHaveLength(2);
    expect(page).toContain('&lt;script&gt;window.pwned=1&lt;/script&gt;');
    expect([...'\u0000\ud800'].filter((char) => page.includes(char))).toEqual([]);
  });

  it('fetches nothing', () => {
    const harmless = report(many(4, true, false), 'plain');
    expect(harmless.match(/\s(?:src|href|action|data|poster)=|@import|url\(/i)).toBeNull();
  });

  it('is the same bytes for the same outcomes', () => {
    expect(report()).toBe(report());
  });

  it('holds the figures and the errors, each list with its count', () => {
    const page = report()
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    expect(page).toContain('Missed: hateful and not flagged (4)');
    expect(page).toContain('False alarms: flagged and not hateful (2)');
    expect(page).toContain(' Recall 60.0 ');
  });

  it('names what it leaves out of a very long list', () => {
    expect(report(many(1_003, true, false))).toContain('3 more are left out here');
  });

  it('leaves out what a set cannot answer', () => {
    const list = [outcome('a', { lang: 'swa' }, { lang: 'swa' })];
    const evaluation = { revision: 'r', files: [{ name: 'set.jsonl', rows: 1, bad: 0 }], bad: [], outcomes: list };
    const page = renderReport(summarise(evaluation, options), list);
    expect(page).toContain('<h2>Languages</h2>');
    expect(page.match(/Confusion matrix|Calibration|<h2>Errors|Macro-F1/)).toBeNull();
  });
});

describe('the escaping of values', () => {
  it('leaves no sign that could end or begin markup, and loses nothing but what HTML cannot hold', () => {
    const back: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => back[name]!)).toBe(
          text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd'),
        );
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('escapes values, keeps markup made by itself, and leaves out what is not there', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<p title="${'"'}">${inner}${[inner]}${undefined}${false}${null}${0}</p>`.markup).toBe(
      '<p title="&quot;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>0</p>',
    );
  });
});

describeNeeding('the report in a browser', missingChromium, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(look: {
    colorScheme: 'light' | 'dark';
    width?: number;
  }): Promise<{ page: Page; asked: string[]; said: string[] }> {
    const context = await browser.newContext({
      colorScheme: look.colorScheme,
      viewport: { width: look.width ?? 1200, height: 800 },
    });
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.route('http://report.test/', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: report() }),
    );
    await page.goto('http://report.test/');
    return { page, asked, said };
  }

  it.each(['light', 'dark'] as const)(
    'has no violation of accessibility in the %s scheme, lists open',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      const { violations, passes } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      expect(passes.map((rule) => rule.id)).toEqual(
        expect.arrayContaining(['color-contrast', 'valid-lang', 'scrollable-region-focusable']),
      );
    },
  );

  it('runs nothing of the texts and asks for nothing', async () => {
    const { page, asked, said } = await open({ colorScheme: 'light' });
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(await page.locator('script, img, iframe, object, svg [onload]').count()).toBe(0);
    expect(asked).toEqual(['http://report.test/']);
    expect(said).toEqual([]);
  });

  it('opens with the texts closed, and shows a text letter by letter when its list is opened', async () => {
    const { page } = await open({ colorScheme: 'light' });
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.getByText('False alarms: flagged and not hateful').click();
    const arabic = page.locator('details[open] p.text', { hasText: 'لاجئون' });
    expect(
      await arabic.evaluate((shown) => [
        shown.textContent,
        shown.getAttribute('lang'),
        getComputedStyle(shown).direction,
      ]),
    ).toEqual(['لاجئون في المدينة', 'ar', 'rtl']);
    const shown = await page.locator('details[open] p.text').allTextContents();
    expect(shown).toContain(hostile.toWellFormed().replace('\u0000', '\ufffd'));
  });

  it.each([320, 1200])('does not scroll sideways as a page at %i pixels', async (width) => {
    const { page } = await open({ colorScheme: 'light', width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it('prints in light colours on any screen', async () => {
    const { page } = await open({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(27, 31, 38)');
  });
});
