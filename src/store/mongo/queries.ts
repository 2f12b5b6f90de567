/**
 * Every query that this driver sends, with the index that serves it. A test records what really goes over the wire and fails
 * on a query that is not here; another proves of each that its index fits: equalities first, then the sort, then ranges.
 */
export type Collection =
  | 'posts'
  | 'claims'
  | 'log'
  | 'counters'
  | 'removals'
  | 'consumers'
  | 'keys'
  | 'uploads'
  | 'settings'
  | 'answers'
  | 'snapshots'
  | 'audit';

export interface Index {
  collection: Collection;
  name: string;
  key: Record<string, 1 | -1>;
  unique?: true;
}

export interface Query {
  collection: Collection;
  /** Fields compared with one value, or with a few. */
  equality: string[];
  sort?: Record<string, 1 | -1>;
  /** Fields bounded by an order. */
  range?: string[];
  /** Fields that are looked at once a row was found by the others. */
  residual?: string[];
  /** Name of the index; `_id_` is there by itself. */
  index: string;
}

/** Fields of a post by which pages are filtered, each with an index for either order. `''`: none of them. */
export const axes = [
  '',
  'level',
  'language',
  'country',
  'admin1',
  'source',
  'severity',
  'groups',
  'grounds',
  'categories',
  'tokens',
] as const;
export type Axis = (typeof axes)[number];

export const sorts = {
  newest: { receivedAt: -1, n: -1 },
  priority: { score: -1, receivedAt: -1, n: -1 },
} as const;

export const pageIndex = (axis: Axis, order: keyof typeof sorts): string => `${axis || 'all'}_${order}`;

/** Workspace and status stand in every page's filter: one that does not choose among them names them all. */
const pageEquality = (axis: Axis) => [...(axis ? [axis] : []), 'workspace', 'status'];

const pages = axes.flatMap((axis) => (['newest', 'priority'] as const).map((order) => ({ axis, order })));

export const indexes: readonly Index[] = [
  ...pages.map(({ axis, order }): Index => ({
    collection: 'posts',
    name: pageIndex(axis, order),
    key: { ...Object.fromEntries(pageEquality(axis).map((field) => [field, 1 as const])), ...sorts[order] },
  })),
  { collection: 'posts', name: 'pending', key: { pending: 1, n: 1 } },
  { collection: 'claims', name: 'post', key: { post: 1 } },
  { collection: 'log', name: 'id', key: { id: 1 }, unique: true },
  { collection: 'log', name: 'postId', key: { postId: 1 } },
  { collection: 'answers', name: 'at', key: { at: 1 } },
  { collection: 'snapshots', name: 'projection', key: { projection: 1, seq: -1, part: 1 } },
];

const byId = (collection: Collection): Query => ({ collection, equality: ['_id'], index: '_id_' });

export const queries: readonly Query[] = [
  ...pages.map(({ axis, order }): Query => ({
    collection: 'posts',
    equality: pageEquality(axis),
    sort: sorts[order],
    range: Object.keys(sorts[order]),
    residual: axes.filter((other) => other !== '' && other !== axis),
    index: pageIndex(axis, order),
  })),
  // One document, many of them, and the optimistic check of a version.
  { ...byId('posts'), residual: ['version', 'pending'] },
  // What the relay has still to append, and what a round has appended.
  { collection: 'posts', equality: [], range: ['pending'], sort: { pending: 1, n: 1 }, index: 'pending' },
  { collection: 'posts', equality: ['pending'], residual: ['_id'], index: 'pending' },
  // A workspace that is being removed, a few hundred at a time.
  { collection: 'posts', equality: ['workspace', 'status'], index: 'all_newest' },
  { ...byId('claims'), residual: ['post'] },
  { collection: 'claims', equality: ['post'], index: 'post' },
  { collection: 'log', equality: [], range: ['_id'], sort: { _id: 1 }, residual: ['type'], index: '_id_' },
  { collection: 'log', equality: [], sort: { _id: -1 }, residual: ['type'], index: '_id_' },
  { collection: 'log', equality: ['id'], index: 'id' },
  { collection: 'log', equality: ['postId'], index: 'postId' },
  { ...byId('counters'), residual: ['seq'] },
  byId('removals'),
  { collection: 'removals', equality: [], index: '_id_' },
  byId('consumers'),
  ...(['keys', 'uploads'] as const).flatMap((collection): Query[] => [
    byId(collection),
    { collection, equality: [], sort: { _id: -1 }, index: '_id_' },
  ]),
  byId('settings'),
  byId('answers'),
  { collection: 'answers', equality: [], range: ['at'], index: 'at' },
  byId('snapshots'),
  { collection: 'snapshots', equality: ['projection'], sort: { seq: -1 }, residual: ['part'], index: 'projection' },
  { collection: 'snapshots', equality: ['projection'], range: ['seq'], index: 'projection' },
  // The audit chain: its end, and its entries in order.
  { collection: 'audit', equality: [], sort: { _id: -1 }, index: '_id_' },
  { collection: 'audit', equality: [], range: ['_id'], sort: { _id: 1 }, index: '_id_' },
  // Whole contents, when they are moved to another store.
  { collection: 'posts', equality: [], range: ['_id'], sort: { _id: 1 }, residual: ['version'], index: '_id_' },
  { collection: 'settings', equality: [], index: '_id_' },
  { collection: 'consumers', equality: [], index: '_id_' },
];
