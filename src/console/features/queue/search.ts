import { queryTokens } from '../../../contract/search.js';
import type { Filter } from '../../data/filter.js';

/** Tabs of the queue: what waits, what was passed on, what is done. */
export const tabs = ['open', 'escalated', 'decided'] as const;
export type Tab = (typeof tabs)[number];

/** The queue's address: everything that can be shared as a link. Several values are joined by commas. */
export interface QueueSearch {
  tab?: Tab | undefined;
  level?: string | undefined;
  language?: string | undefined;
  country?: string | undefined;
  group?: string | undefined;
  category?: string | undefined;
  workspace?: 'main' | 'demo' | undefined;
  /** Words of the text. */
  q?: string | undefined;
  /** Id of the post beside the list. */
  post?: string | undefined;
  /** What a one-time link came back with when it did not work. */
  error?: string | undefined;
}

export const listFilters = ['level', 'language', 'country', 'group', 'category'] as const;
export type ListFilter = (typeof listFilters)[number];

/**
 * Reads an address. Every key is there, `undefined` for what is not ours: a key left out would let the address through as it
 * came.
 */
export function readSearch(search: Record<string, unknown>): QueueSearch {
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined);
  return {
    tab: tabs.find((tab) => tab !== 'open' && tab === search['tab']),
    level: text('level'),
    language: text('language'),
    country: text('country'),
    group: text('group'),
    category: text('category'),
    workspace: search['workspace'] === 'main' || search['workspace'] === 'demo' ? search['workspace'] : undefined,
    // What the router read as a number is still a word.
    q: typeof search['q'] === 'number' ? String(search['q']) : text('q'),
    post: text('post'),
    error: text('error'),
  };
}

const statuses: Record<Tab, Filter['status']> = {
  open: ['open'],
  escalated: ['escalated'],
  decided: ['confirmed', 'not_hate'],
};

/** What the address asks the service for. */
export function toFilter(search: QueueSearch): Filter {
  const tab = search.tab ?? 'open';
  const list = (name: ListFilter) => search[name]?.split(',') ?? [];
  return {
    status: statuses[tab],
    level: list('level'),
    language: list('language'),
    country: list('country'),
    group: list('group'),
    category: list('category'),
    ...(search.workspace && { workspace: search.workspace }),
    // Signs alone look for nothing.
    ...(search.q && queryTokens(search.q).length > 0 && { q: search.q.slice(0, 500) }),
    order: tab === 'decided' ? 'newest' : 'priority',
  };
}
