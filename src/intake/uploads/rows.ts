import { postInput, sourceKinds } from '../../contract/post.js';
import type { PostInput } from '../../contract/post.js';
import { uploadColumns } from '../../contract/upload.js';
import type { UploadColumn } from '../../contract/upload.js';
import { languageCode } from './language-codes.js';

/** What a row says for each of our columns: text from a CSV cell, anything from a JSON line. */
export type Values = Partial<Record<UploadColumn, unknown>>;

export interface RowRules {
  /** For every row that does not say otherwise. */
  defaults: Partial<PostInput>;
  /**
   * Columns that the person chose. What stands in them must fit; in a column that was only recognised by its name, a
   * language, country, speaker or kind of source that is none of ours is no reason to lose the post.
   */
  chosen: ReadonlySet<UploadColumn>;
}

/** A row as `postInput` is to check it: nothing is decided here, cells are only brought into its shape. */
export function toInput(values: Values, { defaults, chosen }: RowRules): Record<string, unknown> {
  const given: Values = {};
  for (const column of uploadColumns) {
    const value = column === 'text' ? values.text : trimmed(values[column]);
    if (value !== undefined && value !== null && value !== '') given[column] = value;
  }
  const country = given.country;
  keep(given, 'language', languageCode, chosen);
  keep(given, 'country', countryCode, chosen);
  keep(given, 'speaker', among(postInput.shape.speaker.unwrap().options), chosen);
  keep(given, 'sourceKind', among(sourceKinds), chosen);
  // A kind of source without a source has nothing to stand in.
  if (given.sourceName === undefined && !defaults.source && !chosen.has('sourceKind')) delete given.sourceKind;
  // The name of a country is a place all the same.
  if (typeof country === 'string' && given.country === undefined)
    given.placeName = typeof given.placeName === 'string' ? `${given.placeName}, ${country}` : country;
  const { source, place, reach, ...rest } = defaults;
  return defined({
    ...rest,
    text: given.text ?? '',
    externalId: asText(given.externalId),
    language: given.language ?? rest.language,
    author: asText(given.author) ?? rest.author,
    publishedAt: instantOf(given.publishedAt) ?? rest.publishedAt,
    url: given.url ?? rest.url,
    speaker: given.speaker ?? rest.speaker,
    source: merged(source, { name: asText(given.sourceName), kind: given.sourceKind }),
    place: merged(place, { country: given.country, admin1: given.admin1, name: given.placeName }),
    reach: merged(reach, {
      followers: countOf(given.followers),
      views: countOf(given.views),
      shares: countOf(given.shares),
    }),
  });
}

/** Puts the code in place of what was written; drops what is no code, unless the person chose the column. */
function keep(
  given: Values,
  column: UploadColumn,
  codeOf: (value: string) => string | undefined,
  chosen: ReadonlySet<UploadColumn>,
): void {
  const value = given[column];
  if (typeof value !== 'string') return;
  const code = codeOf(value);
  if (code !== undefined) given[column] = code;
  else if (!chosen.has(column)) delete given[column];
}

const countryCode = (value: string) => (/^[a-z]{3}$/i.test(value) ? value.toUpperCase() : undefined);
const among = (allowed: readonly string[]) => (value: string) => allowed.find((one) => one === value.toLowerCase());

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
/** Ids and names may be numbers in a JSON line. */
const asText = (value: unknown) => (typeof value === 'number' ? String(value) : value);

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The row's fields over the defaults'; undefined when neither says anything. */
function merged(base: object | undefined, fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const all = { ...base, ...defined(fields) };
  return Object.keys(all).length > 0 ? all : undefined;
}

/** `12 345` and `12,345` are the numbers that spreadsheets show; anything else stays as it is, for the check to name. */
function countOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const digits = value
    .replaceAll(/[\s\u00a0\u202f]/g, '')
    .replace(/^(\d{1,3})((?:,\d{3})+)$/, (all) => all.replaceAll(',', ''));
  return /^\d{1,15}$/.test(digits) ? Number(digits) : value;
}

/** A date, a date with a time, or seconds or milliseconds since 1970, as an instant; without an offset it is UTC. */
function instantOf(value: unknown): unknown {
  const text = asText(value);
  if (typeof text !== 'string') return value;
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000).toISOString();
  if (/^\d{13}$/.test(text)) return new Date(Number(text)).toISOString();
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(text);
  if (!parts) return value;
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = parts;
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return `${day}T${time}${seconds}${offset}`;
}
