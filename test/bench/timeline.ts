// How long one post takes from the sender's POST to the reviewer's screen: the real service, the real store, a real browser.
// node dist/test/bench/timeline.js [--posts 200]. Prints medians and 99th percentiles; it asserts only that every post arrives.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../support/app.js';
import { launchChromium, missingChromium } from '../support/chromium.js';

const { values } = parseArgs({ options: { posts: { type: 'string', default: '200' } } });
const root = join(import.meta.dirname, '..', '..', '..');

if (missingChromium) throw new Error(missingChromium);
const app = await startApp({ TOCSIN_LEXICONS: join(root, 'lexicons') });
const browser = await launchChromium();
const ingest = await app.key('ingest', 'read', 'review');
const headers = { 'content-type': 'application/json', 'x-api-key': ingest };

await app.accounts.users.add({ name: 'Watcher', email: 'watcher@example.org', role: 'moderator' });
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
const waiting = new Map<string, (at: number) => void>();
await page.exposeFunction('tocsinSeen', (id: string, at: number) => waiting.get(id)?.(at));
await page.goto((await app.accounts.users.link('watcher@example.org')).replace(app.publicUrl, app.url));
await page.getByText('Live', { exact: true }).waitFor();
await page.evaluate(() => {
  const told = new Set<string>();
  const look = () => {
    for (const row of document.querySelectorAll<HTMLElement>('[data-id]')) {
      const id = row.dataset['id']!;
      if (told.has(id)) continue;
      told.add(id);
      // After the frame that paints it.
      requestAnimationFrame(() =>
        (globalThis as unknown as { tocsinSeen(id: string, at: number): void }).tocsinSeen(id, Date.now()),
      );
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
});

const accepted: number[] = [];
const seen: number[] = [];
for (let i = 0; i < Number(values.posts); i++) {
  const begun = Date.now();
  const answer = await fetch(`${app.url}/v1/posts`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text: `Refugees are cockroaches, number ${i}. Drive them all out.` }),
  });
  const answered = Date.now();
  const { id } = (await answer.json()) as { id: string };
  if (answer.status !== 202) throw new Error(`answered ${answer.status}`);
  const shown = await new Promise<number>((resolve) => {
    waiting.set(id, resolve);
    // It may be on the screen before this process has read the answer.
    void page
      .locator(`[data-id="${id}"]`)
      .waitFor()
      // Rejects when the browser closes: the observer was faster and the row is gone by then.
      .then(
        () => resolve(Date.now()),
        () => undefined,
      );
  });
  accepted.push(answered - begun);
  seen.push(shown - begun);
  const post = (await (await fetch(`${app.url}/v1/posts/${id}`, { headers })).json()) as { version: number };
  const decided = await fetch(`${app.url}/v1/posts/${id}/decision`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ decision: 'not_hate', expectedVersion: post.version }),
  });
  if (decided.status !== 200) throw new Error(`the decision was answered ${decided.status}`);
}

const at = (list: number[], share: number) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
console.table({
  'POST → 202': { posts: accepted.length, 'median ms': at(accepted, 0.5), 'p99 ms': at(accepted, 0.99) },
  'POST → on screen': { posts: seen.length, 'median ms': at(seen, 0.5), 'p99 ms': at(seen, 0.99) },
});
await browser.close();
await app.stop();
