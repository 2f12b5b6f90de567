import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { assessedEvent } from '../../src/contract/event.js';
import { openStore } from '../../src/store/open.js';
import type { OpenStore } from '../../src/store/open.js';
import { pageQuery } from '../../src/store/mongo/page.js';
import { indexes, queries } from '../../src/store/mongo/queries.js';
import type { Index, Query } from '../../src/store/mongo/queries.js';
import type { PostFilter } from '../../src/store/port.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { assessed, at, noon, received, row } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';
import { describeNeeding } from '../support/require.js';

const idIndex = (collection: Query['collection']): Index => ({ collection, name: '_id_', key: { _id: 1 } });

/** Why an index does not serve a query without reading more than it must; undefined when it does. */
function misfit(query: Query, index: Index | undefined): string | undefined {
  if (!index) return 'there is no such index';
  const keys = Object.entries(index.key);
  const equal = keys.slice(0, query.equality.length).map(([field]) => field);
  if (query.equality.some((field) => !equal.includes(field)))
    return `it does not begin with ${query.equality.join(', ')}`;
  const rest = keys.slice(query.equality.length);
  const sort = Object.entries(query.sort ?? {});
  const turned = sort.length > 0 && rest[0]?.[1] !== sort[0]?.[1] ? -1 : 1;
  const sorted = sort.every(([field, way], at) => rest[at]?.[0] === field && rest[at]?.[1] === way * turned);
  if (!sorted) return `it does not go on in the order ${JSON.stringify(query.sort)}`;
  const ranged = (query.range ?? []).every((field) => rest.some(([name]) => name === field));
  return ranged ? undefined : `it does not have the range ${query.range?.join(', ')}`;
}

const nameOf = ({ collection, equality, sort, range, index }: Query) =>
  `${collection}: ${[...equality.map((f) => `${f} =`), ...(range ?? []).map((f) => `${f} <`), ...(sort ? [`in order of ${Object.keys(sort).join(', ')}`] : [])].join(', ') || 'everything'} by ${index}`;

describe('the queries of the mongo store', () => {
  it.each(queries.map((query) => [nameOf(query), query] as const))('%s', (_, query) => {
    const found = [...indexes, idIndex(query.collection)].find(
      ({ collection, name }) => collection === query.collection && name === query.index,
    );
    expect(misfit(query, found)).toBeUndefined();
  });

  it('has no index that serves none of them', () => {
    const used = new Set(queries.map(({ collection, index }) => `${collection} ${index}`));
    // Unique keys are there for what they forbid as well.
    expect(indexes.filter(({ collection, name }) => !used.has(`${collection} ${name}`))).toEqual([]);
  });
});

/** What was asked over the wire: a command as the driver sent it. */
interface Command {
  name: string;
  collection: string;
  filter: Record<string, unknown>;
  sort: Record<string, unknown>;
}

/** The fields of a filter by how they are looked at; what stands in a list of conditions counts as well. */
function fieldsOf(filter: Record<string, unknown>): { equal: string[]; other: string[] } {
  const equal: string[] = [];
  const other: string[] = [];
  for (const [field, value] of Object.entries(filter)) {
    if (field === '$and' || field === '$or') {
      for (const part of value as Record<string, unknown>[]) {
        const inner = fieldsOf(part);
        other.push(...inner.equal, ...inner.other);
      }
      continue;
    }
    const operators = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const isEqual = operators.every(
      (operator) => !operator.startsWith('$') || operator === '$in' || operator === '$eq',
    );
    (isEqual ? equal : other).push(field);
  }
  return { equal, other };
}

function registered({ collection, filter, sort }: Command): boolean {
  const { equal, other } = fieldsOf(filter);
  return queries.some((query) => {
    if (query.collection !== collection) return false;
    if (JSON.stringify(query.sort ?? {}) !== JSON.stringify(sort)) return false;
    const known = new Set([...query.equality, ...(query.range ?? []), ...(query.residual ?? [])]);
    return (
      query.equality.every((field) => equal.includes(field)) && [...equal, ...other].every((field) => known.has(field))
    );
  });
}

describeNeeding('what goes over the wire to MongoDB', missingMongo(), () => {
  let server: Awaited<ReturnType<typeof mongo>>;
  let store: OpenStore;
  const commands: Command[] = [];
  beforeAll(async () => {
    server = await mongo();
    store = await openStore({
      driver: 'mongo',
      path: '',
      url: server.url(`tocsin_queries_${process.pid}`),
      clock: fixedClock(noon),
      log: recordingLog(),
    });
    store.database!.client.on('commandStarted', ({ commandName, command }) => {
      const told = command as Record<string, unknown>;
      const collection = String(told[commandName]);
      const add = (filter: unknown, sort: unknown = {}) =>
        commands.push({
          name: commandName,
          collection,
          filter: (filter ?? {}) as Record<string, unknown>,
          // The driver sends a sort as a map, which keeps its order.
          sort: sort instanceof Map ? Object.fromEntries(sort) : (sort as Record<string, unknown>),
        });
      if (commandName === 'find') add(told['filter'], told['sort']);
      if (commandName === 'findAndModify') add(told['query']);
      for (const { q } of (told['updates'] ?? told['deletes'] ?? []) as { q: unknown }[]) add(q);
      if (['aggregate', 'count', 'distinct'].includes(commandName)) add({ [commandName]: 'not in the list' });
    });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const filters: PostFilter[] = [
    {},
    { status: ['open'], workspace: 'main' },
    { level: ['bottom'], language: ['eng', 'swa'], country: ['KEN'], admin1: ['KE-30'], source: ['Radio'] },
    { minSeverity: 3, group: ['G'], ground: ['religion'], category: ['T01'], since: at(0), until: at(9) },
    ...(['level', 'language', 'country', 'admin1', 'source', 'group', 'ground', 'category'] as const).map(
      (name): PostFilter => ({ [name]: ['x'] }),
    ),
    { minSeverity: 2 },
    { q: 'two words' },
    { q: 'word', group: ['G'], since: at(0) },
  ];

  it('is in the list of queries, each of them', async () => {
    const post = received('A', 0, { text: 'two words' });
    await store.posts.insertMany([row(post, ['k']), row(received('B', 1, { workspace: 'demo' }), ['l'])]);
    await store.posts.insertMany([row(received('C'), ['k'])]);
    const next = assessed(post, { score: 1, groups: ['G'] });
    await store.posts.save([{ doc: next, expectedVersion: 1, events: [assessedEvent(next, at(0))] }]);
    await store.posts.save([{ doc: next, expectedVersion: 1, events: [] }]).catch(() => undefined);
    for (const filter of filters)
      for (const order of ['newest', 'priority'] as const) {
        const cursor = order === 'newest' ? ['newest', 9e12, 9] : ['priority', 1, 9e12, 9];
        await store.posts.page({ filter, order, limit: 1 });
        await store.posts.page({
          filter,
          order,
          limit: 1,
          cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url'),
        });
      }
    await store.posts.getMany(['A', 'B']);
    await store.posts.get('A');
    await store.posts.counts();
    await store.log.read(0, 9, ['received']);
    await store.log.setCursor('c', 1);
    await store.log.cursor('c');
    await store.idempotency.put('p', 'k', 'd', 1, at(0));
    await store.idempotency.get('p', 'k');
    await store.settings.set('s', 1);
    await store.settings.get('s');
    await store.snapshots.put('p', { seq: 1, state: 'x' });
    await store.snapshots.get('p');
    for (const documents of [store.keys, store.uploads]) {
      await documents.put({ id: '1' } as never);
      await documents.get('1');
      await documents.list();
    }
    await store.posts.removeWorkspace('demo', []);
    const other = await openStore({
      driver: 'mongo',
      path: '',
      url: server.url(`tocsin_queries_${process.pid}`),
      clock: fixedClock(noon),
      log: recordingLog(),
    });
    await other.close();

    expect(commands.length).toBeGreaterThan(100);
    expect(new Set(commands.map(({ collection }) => collection)).size).toBeGreaterThanOrEqual(10);
    expect(commands.filter((command) => !registered(command))).toEqual([]);
  });

  it('builds every index at the start', async () => {
    for (const collection of new Set(indexes.map((index) => index.collection))) {
      const built = (await store.database!.collection(collection).indexes()).map(({ name, key, unique }) => ({
        name,
        key: key as object,
        unique: unique ?? false,
      }));
      for (const { name, key, unique } of indexes.filter((index) => index.collection === collection))
        expect(built).toContainEqual({ name, key, unique: unique ?? false });
    }
  });

  it('is served by an index without a sort, by its own account where the server gives one', async () => {
    for (const filter of filters)
      for (const order of ['newest', 'priority'] as const) {
        const { filter: where, sort, index } = pageQuery({ filter, order, limit: 50 })!;
        expect(indexes.map(({ name }) => name)).toContain(index);
        const plan = await store.database!.collection('posts').find(where).sort(sort).limit(51).explain('queryPlanner');
        // FerretDB keeps indexes for uniqueness only and says nothing of plans; every other server has to.
        if (JSON.stringify(plan).includes('"ferretdbVersion"')) continue;
        const winning = JSON.stringify((plan['queryPlanner'] as { winningPlan: object }).winningPlan);
        expect(winning).toContain('IXSCAN');
        expect(winning).not.toMatch(/COLLSCAN|"stage":"SORT"/);
      }
  });
});
