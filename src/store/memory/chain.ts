import type { Chain } from '../port.js';

export function memoryChain<T extends { n: number }>(): Chain<T> {
  const entries: string[] = [];
  const of = (json: string) => JSON.parse(json) as T;
  return {
    async head() {
      const newest = entries.at(-1);
      return newest === undefined ? undefined : of(newest);
    },
    read: async (after, limit) => entries.slice(after, after + limit).map(of),
    async append(fresh) {
      if (fresh[0]?.n !== entries.length + 1) return 0;
      for (const entry of fresh) entries.push(JSON.stringify(entry));
      return fresh.length;
    },
  };
}
