import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../src/contract/audit.js';
import type { Store } from '../../src/store/port.js';
import { at } from '../support/posts.js';

const entry = (n: number, target = ''): AuditEntry => ({
  n,
  at: at(n),
  actor: { kind: 'system', id: 's' },
  action: 'read',
  target,
  prev: '',
  hash: `h${n}`,
});

/** The laws of numbered entries. */
export function chainSuite(store: () => Store): void {
  describe('audit chain', () => {
    const chain = () => store().audit;

    it('is empty at first', async () => {
      expect([await chain().head(), await chain().read(0, 9)]).toEqual([undefined, []]);
    });

    it('adds what follows on its end and nothing else', async () => {
      expect(await chain().append([entry(1), entry(2)])).toBe(2);
      expect(await chain().append([entry(2, 'late')])).toBe(0);
      expect(await chain().append([entry(4, 'early')])).toBe(0);
      expect(await chain().append([entry(3)])).toBe(1);
      expect(await chain().head()).toEqual(entry(3));
      expect(await chain().read(0, 9)).toEqual([entry(1), entry(2), entry(3)]);
      expect(await chain().read(1, 1)).toEqual([entry(2)]);
    });

    it('gives a number to one of those who want it at once', async () => {
      const names = ['a', 'b', 'c'];
      const added = await Promise.all(names.map((name) => chain().append([entry(1, name)])));
      expect(added.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
      // Which of them comes first is the database's to say; that the one told so is the one kept is ours.
      expect((await chain().read(0, 9)).map(({ target }) => target)).toEqual([names[added.indexOf(1)]]);
    });
  });
}
