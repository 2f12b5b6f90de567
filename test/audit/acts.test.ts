import { expect, it } from '@jest/globals';
import { createActs } from '../../src/audit/acts.js';
import { fixedClock } from '../../src/base/clock.js';
import type { AuditInput } from '../../src/contract/audit.js';
import { noon, received } from '../support/posts.js';

const reader = (id: string) => ({ kind: 'user' as const, id, name: id, roles: [], scopes: [] });
const secret = received('S', 0, { status: 'escalated' });
const top = received('T', 0, { status: 'confirmed', review: { level: 'top', history: [] } });
const plain = received('P', 0, { status: 'open' });

function setup() {
  const clock = fixedClock(noon);
  const told: AuditInput[] = [];
  let broken = false;
  const acts = createActs({
    clock,
    record: async (input) => {
      if (broken) throw new Error('no');
      told.push(input);
    },
  });
  return { clock, told, acts, breakIt: (is: boolean) => (broken = is) };
}

it('writes down who reads a restricted post, once an hour, and no other post', async () => {
  const { acts, told, clock } = setup();
  await acts.read(reader('u'), [plain, secret, top]);
  await acts.read(reader('u'), [secret]);
  await acts.read(reader('v'), [secret]);
  expect(told.map(({ actor, target }) => [actor.id, target])).toEqual([
    ['u', 'S'],
    ['u', 'T'],
    ['v', 'S'],
  ]);
  clock.advance(3_600_000);
  await acts.read(reader('u'), [secret]);
  expect(told).toHaveLength(4);
});

it('writes down the use of a key once a day', async () => {
  const { acts, told, clock } = setup();
  for (const hours of [0, 1, 11, 1]) {
    clock.advance(hours * 3_600_000);
    await acts.keyUsed('k');
  }
  expect(told).toEqual([
    { action: 'key.use', actor: { kind: 'key', id: 'k' }, target: 'k' },
    { action: 'key.use', actor: { kind: 'key', id: 'k' }, target: 'k' },
  ]);
});

it('does not remember what it could not write down', async () => {
  const { acts, told, breakIt } = setup();
  breakIt(true);
  await expect(acts.read(reader('u'), [secret])).rejects.toThrow('no');
  breakIt(false);
  await acts.read(reader('u'), [secret]);
  expect(told).toHaveLength(1);
});

it('writes down again what was read before the clock was set back', async () => {
  const { acts, told, clock } = setup();
  await acts.read(reader('u'), [secret]);
  clock.advance(-3_600_000);
  await acts.read(reader('u'), [secret]);
  await acts.read(reader('u'), [secret]);
  expect(told).toHaveLength(2);
});
