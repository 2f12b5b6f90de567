import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, stores } from '../support/app.js';
import type { TestApp } from '../support/app.js';

const demo = async (app: TestApp) =>
  (
    await request(app.url)
      .get('/v1/demo')
      .set({ cookie: await app.signIn('admin') })
  ).body;

describe.each(stores)('the demo, %s store', (store) => {
  it('fills a new service, and once removed never comes back', async () => {
    const app = await startApp({ TOCSIN_STORE: store, TOCSIN_DEMO: 'on' }, { demoIntervalMs: 600_000 });
    try {
      const headers = { cookie: await app.signIn('admin'), origin: app.url };
      // The first posts are on their way when the start is over; asked until they are there.
      let state = await demo(app);
      while (state.posted === 0) state = await demo(app);
      expect(state.active).toBe(true);
      await app.app.idle();
      const get = (path: string) => request(app.url).get(path).set(headers);
      const shown = await get('/v1/posts?workspace=demo&limit=200');
      expect(shown.body.items.length).toBeGreaterThan(0);
      expect((await get('/v1/posts?workspace=main')).body.items).toEqual([]);

      const removed = await request(app.url).delete('/v1/demo').set(headers);
      expect([removed.status, removed.body]).toEqual([200, { removed: shown.body.items.length }]);
      expect(await demo(app)).toMatchObject({ active: false });
      expect((await get('/v1/posts')).body.items).toEqual([]);
      if (store === 'memory') return;

      await app.app.stop();
      const again = await startApp({ TOCSIN_HOME: app.config.home, TOCSIN_DEMO: 'on' });
      try {
        expect(await demo({ ...again, signIn: () => Promise.resolve(headers.cookie) })).toMatchObject({
          active: false,
        });
      } finally {
        await again.stop();
      }
    } finally {
      await app.stop();
    }
  });
});
