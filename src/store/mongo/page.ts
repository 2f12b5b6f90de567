import { postStatuses, workspaces } from '../../contract/post.js';
import { decodeCursor } from '../cursor.js';
import type { Position } from '../cursor.js';
import { wanted } from '../facts.js';
import { listsOf, spanOf } from '../lists.js';
import type { PageRequest, PostOrder } from '../port.js';
import { axes, pageIndex, sorts } from './queries.js';
import type { Axis } from './queries.js';

export interface MongoPage {
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1>;
  /** Name of the index that serves it. */
  index: string;
}

/** Fields that are not named as the filter is: they hold lists. */
const fields: Record<string, string> = { group: 'groups', ground: 'grounds', category: 'categories' };
const oneOf = (values: readonly unknown[]) => (values.length === 1 ? values[0] : { $in: values });

/** Of several filters the one named first leads: the one that most likely leaves the fewest posts. */
const leading: readonly Axis[] = [
  'tokens',
  'groups',
  'source',
  'admin1',
  'categories',
  'country',
  'grounds',
  'language',
  'level',
  'severity',
];

/**
 * The query of a page. Workspace and status are always there, all of them where nothing else is asked: then the server
 * walks the index once for each pair and merges, in order, without sorting. Undefined when no post can pass.
 */
export function pageQuery({ filter, order, cursor }: PageRequest): MongoPage | undefined {
  const lists = listsOf(filter);
  const after = cursor === undefined ? undefined : decodeCursor(order, cursor);
  const { from, before } = spanOf(filter);
  const received = {
    ...(from !== undefined && { $gte: from }),
    ...(before !== undefined && { $lt: before }),
  };
  if (Object.values(lists).some((values) => values.length === 0)) return undefined;
  const tokens = filter.q === undefined ? [] : wanted(filter.q);
  const { workspace = workspaces, status = postStatuses, ...rest } = lists;
  const where: Record<string, unknown> = { workspace: oneOf(workspace), status: oneOf(status) };
  for (const [kind, values] of Object.entries(rest)) where[fields[kind] ?? kind] = oneOf(values);
  // The longest is the rarest, as far as one can tell from here; the others are looked up in what it finds.
  const [lead, ...others] = tokens.toSorted((a, b) => b.length - a.length);
  if (lead !== undefined) where['tokens'] = lead;
  const clauses: Record<string, unknown>[] = others.map((token) => ({ tokens: token }));
  if (Object.keys(received).length > 0) clauses.push({ receivedAt: received });
  if (after) clauses.push(...beyond(order, after));
  if (clauses.length > 0) where['$and'] = clauses;
  const axis = leading.find((name) => name in where) ?? axes[0];
  return { filter: where, sort: sorts[order], index: pageIndex(axis, order) };
}

/** What comes after a row, as a bound that the index can begin at and the exact condition. */
function beyond(order: PostOrder, { score, receivedAt, n }: Position): Record<string, unknown>[] {
  const later = [{ receivedAt: { $lt: receivedAt } }, { receivedAt, n: { $lt: n } }];
  if (order === 'newest') return [{ receivedAt: { $lte: receivedAt } }, { $or: later }];
  return [
    { score: { $lte: score } },
    { $or: [{ score: { $lt: score } }, ...later.map((part) => ({ score, ...part }))] },
  ];
}
