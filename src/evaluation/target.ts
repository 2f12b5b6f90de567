import type { Group } from '../engine/index.js';

/** Does any found group match what a row says is attacked? */
export type TargetMatch = (target: string, found: readonly string[]) => boolean;

/**
 * Makes the match of groups against the targets of evaluation sets. A found group matches by its id, by the id of a group
 * above it, or by the English name of either: "women", "Trans people" and "X.gen.women" are all understood. A target of
 * several joined by | , ; or / matches when one of them does.
 */
export function createTargetMatch(groups: readonly Group[]): TargetMatch {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const signs = new Map<string, ReadonlySet<string>>();
  for (const group of groups) {
    const set = new Set<string>();
    // A parent chain that closes on itself would be an error of the taxonomy; the set ends it.
    for (
      let at: Group | undefined = group;
      at && !set.has(at.id);
      at = at.parent === undefined ? undefined : byId.get(at.parent)
    ) {
      set.add(at.id);
      set.add(plainName(at.names['eng'] ?? at.id));
    }
    signs.set(group.id, set);
  }
  return (target, found) => {
    const wanted = target
      .split(/[|,;/]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return found.some((id) =>
      wanted.some((want) => id === want || signs.get(id)?.has(want) || signs.get(id)?.has(plainName(want))),
    );
  };
}

/** "Black people", "black" and "Blacks" are one: sets name groups each in its own way. */
function plainName(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word) => !['people', 'peoples', 'persons', 'person', 'the'].includes(word));
  return (kept.length > 0 ? kept : words).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)).join(' ');
}
