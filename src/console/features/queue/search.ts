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
  /** Id of the post beside the list. */
  post?: string | undefined;
  /** What a one-time link came back with when it did not work. */
  error?: string | undefined;
}

export const listFilters = ['level', 'language', 'country', 'group', 'category'] as const;
export type ListFilter = (typeof listFilters)[number];

/** Reads an address, dropping what it does not know. */
export function readSearch(search: Record<string, unknown>): QueueSearch {
  const result: QueueSearch = {};
  const tab = tabs.find((known) => known === search['tab']);
  if (tab && tab !== 'open') result.tab = tab;
  for (const name of [...listFilters, 'post', 'error'] as const) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') result[name] = value;
  }
  if (search['workspace'] === 'main' || search['workspace'] === 'demo') result.workspace = search['workspace'];
  return result;
}

const statuses: Record<Tab, Filter['status']> = { open: ['open'], escalated: ['escalated'], decided: ['confirmed', 'not_hate'] };

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
    order: tab === 'decided' ? 'newest' : 'priority',
  };
}
