import { AppError } from '../base/errors.js';
import type { Post, PostStatus } from '../contract/post.js';
import { hasTokens, queryTokens } from '../contract/search.js';
import type { PostFilter } from './port.js';

/** Words of a question at most; a pair of letters of an unspaced script counts as one. */
const maxTokens = 64;

/** What filters and orders read of a post: the values a driver promotes out of the document. */
export interface Facts {
  workspace: 'main' | 'demo';
  status: PostStatus;
  /** The level in force: a person's decision, else the engine's proposal; null before the assessment. */
  level: string | null;
  /** As identified, else as hinted by the sender. */
  language: string | null;
  country: string | null;
  admin1: string | null;
  source: string | null;
  /** 1–5; null before the assessment and where it found nothing. */
  severity: number | null;
  /** Priority score; -1 before the assessment, so that such posts come last. */
  score: number;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  groups: string[];
  grounds: string[];
  categories: string[];
}

/** The facts of a post. Throws `internal` when `receivedAt` is no instant: rooms set it, never a client. */
export function facts(post: Post): Facts {
  const receivedAt = Date.parse(post.receivedAt);
  if (!Number.isFinite(receivedAt))
    throw new AppError('internal', { detail: `post ${post.id} has no valid receivedAt` });
  return {
    workspace: post.workspace,
    status: post.status,
    level: post.review?.level ?? post.assessment?.level ?? null,
    language: post.assessment?.language.code ?? post.language ?? null,
    country: post.place?.country ?? null,
    admin1: post.place?.admin1 ?? null,
    source: post.source?.name ?? null,
    severity: post.assessment?.severity || null,
    score: post.assessment?.priority.score ?? -1,
    receivedAt,
    groups: [...new Set(post.assessment?.groups)],
    grounds: [...new Set(post.assessment?.grounds)],
    categories: [...new Set(post.assessment?.categories)],
  };
}

/** A `since`/`until` bound in milliseconds. Throws `invalid_input` naming the field. */
export function bound(field: 'since' | 'until', value: string): number {
  const at = Date.parse(value);
  if (!Number.isFinite(at))
    throw new AppError('invalid_input', {
      fields: [{ field, expected: 'an ISO 8601 instant, e.g. "2026-03-01T12:00:00Z"' }],
    });
  return at;
}

const among = (allowed: readonly string[] | undefined, value: string | null) =>
  allowed === undefined || (value !== null && allowed.includes(value));
const anyAmong = (allowed: readonly string[] | undefined, values: readonly string[]) =>
  allowed === undefined || values.some((value) => allowed.includes(value));

/** The filter's meaning, for drivers without a query language. An absent filter lets all pass, an empty list none. */
export function matcher(filter: PostFilter): (of: Facts, text: () => string) => boolean {
  const since = filter.since === undefined ? -Infinity : bound('since', filter.since);
  const until = filter.until === undefined ? Infinity : bound('until', filter.until);
  const asked = filter.q === undefined ? undefined : wanted(filter.q);
  return (of, text) =>
    (filter.workspace === undefined || filter.workspace === of.workspace) &&
    among(filter.status, of.status) &&
    among(filter.level, of.level) &&
    among(filter.language, of.language) &&
    among(filter.country, of.country) &&
    among(filter.admin1, of.admin1) &&
    among(filter.source, of.source) &&
    anyAmong(filter.ground, of.grounds) &&
    anyAmong(filter.group, of.groups) &&
    anyAmong(filter.category, of.categories) &&
    (filter.minSeverity === undefined || (of.severity ?? 0) >= filter.minSeverity) &&
    of.receivedAt >= since &&
    of.receivedAt < until &&
    (asked === undefined || hasTokens(text(), asked));
}

/** Tokens of a question. Throws `invalid_input` when there is nothing to look for, or more than anybody means. */
export function wanted(q: string): string[] {
  const tokens = queryTokens(q);
  if (tokens.length === 0 || tokens.length > maxTokens)
    throw new AppError('invalid_input', {
      fields: [{ field: 'q', expected: `words to look for, at most ${maxTokens}` }],
    });
  return tokens;
}
