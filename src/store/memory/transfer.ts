import type { Transfer } from '../port.js';
import type { MemorySettings } from './documents.js';
import type { MemoryLog } from './log.js';
import type { MemoryPosts } from './posts.js';

const byText = (a: string, b: string) => (a < b ? -1 : 1);

export function memoryTransfer(posts: MemoryPosts, log: MemoryLog, settings: MemorySettings): Transfer {
  return {
    posts: async (after, limit) =>
      posts
        .stored()
        .filter(({ post }) => post.id > after)
        .sort((a, b) => byText(a.post.id, b.post.id))
        .slice(0, limit),
    settings: async () => settings.all().sort((a, b) => byText(a.name, b.name)),
    cursors: async () => log.cursors().sort((a, b) => byText(a.consumer, b.consumer)),
    async load({ posts: rows = [], events = [] }) {
      posts.load(rows);
      log.load(events);
    },
  };
}
