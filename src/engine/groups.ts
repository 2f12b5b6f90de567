import type { CompiledLexicon } from './compile.js';
import type { Group } from './types.js';

/** Each taxonomy's groups by id: there are a thousand, and every finding asks for some. */
const indexes = new WeakMap<readonly Group[], ReadonlyMap<string, Group>>();

/** The group of an id, or `undefined`. */
export function groupOf({ groups }: Pick<CompiledLexicon, 'groups'>, id: string): Group | undefined {
  let index = indexes.get(groups);
  if (!index) indexes.set(groups, (index = new Map(groups.map((group) => [group.id, group]))));
  return index.get(id);
}
