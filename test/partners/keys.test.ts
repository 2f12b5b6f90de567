import { describe, expect, it } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { seededIds } from '../../src/base/ids.js';
import { createKeys } from '../../src/partners/keys.js';
import { openStore } from '../../src/store/open.js';
import { noon } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';

const unwatched = { record: async () => undefined, used: async () => undefined };

async function setup() {
  const clock = fixedClock(noon);
  const store = await openStore({ driver: 'memory', path: '', clock, log: recordingLog() });
  return { clock, store, keys: createKeys({ store, clock, ids: seededIds('keys'), ...unwatched }) };
}

describe('API keys', () => {
  it('are shown once and kept only as a hash', async () => {
    const { store, keys } = await setup();
    const { key, secret } = await keys.add({ name: 'Platform', scopes: ['classify', 'classify'] }, 'u1');
    expect(secret).toMatch(/^tocsin_[\w-]{43}$/);
    expect(key).toMatchObject({ name: 'Platform', scopes: ['classify'], createdBy: 'u1' });
    expect(JSON.stringify(await store.keys.list())).not.toContain(secret);
    expect(JSON.stringify(await keys.list())).not.toContain('hash');
  });

  it('are recognised, and nothing else is', async () => {
    const { keys } = await setup();
    const { key, secret } = await keys.add({ name: 'A', scopes: ['read'] }, 'u1');
    expect((await keys.verify(secret))?.id).toBe(key.id);
    expect(await keys.verify(`${secret}x`)).toBeUndefined();
    expect(await keys.verify('')).toBeUndefined();
  });

  it('end at once when revoked', async () => {
    const { keys } = await setup();
    const { key, secret } = await keys.add({ name: 'A', scopes: ['read'] }, 'u1');
    await keys.revoke(key.id, 'u1');
    expect(await keys.verify(secret)).toBeUndefined();
    await expect(keys.revoke('nope', 'u1')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('made by another process are seen at once', async () => {
    const { clock, store, keys } = await setup();
    expect(await keys.verify('tocsin_unknown')).toBeUndefined();
    const other = createKeys({ store, clock, ids: seededIds('other'), ...unwatched });
    const { secret } = await other.add({ name: 'B', scopes: ['ingest'] }, 'cli');
    clock.advance(101);
    expect((await keys.verify(secret))?.name).toBe('B');
  });
});
