/**
 * The one text of a JSON value, whoever writes it: keys in code-unit order, no spaces, nothing undefined. The manner of
 * RFC 8785, whose rules for numbers and strings are those of `JSON.stringify`. What is hashed is hashed over this text.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // A list of pairs and not an assignment: a key named `__proto__` is a key like any other.
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
