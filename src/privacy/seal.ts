import { isRestricted } from '../contract/post.js';
import type { Post } from '../contract/post.js';
import type { Posts, Store } from '../store/port.js';
import { bare } from './bare.js';
import type { Keyring, Sealed } from './keyring.js';

/** A post as the store has it: of a restricted one only what counts and filters need is in the clear. */
type Stored = Post & { sealed?: Sealed };

const about = ({ id, version }: Post) => `post ${id} ${version}`;

/** What goes into the store. */
export function conceal(post: Post, keyring: Keyring): Stored {
  return isRestricted(post) && !post.erased
    ? { ...bare(post), sealed: keyring.seal(JSON.stringify(post), about(post)) }
    : post;
}

/** What comes out of it. */
export function reveal(stored: Stored, keyring: Keyring): Post {
  return stored.sealed ? (JSON.parse(keyring.open(stored.sealed, about(stored))) as Post) : stored;
}

/**
 * The store as the rooms see it: restricted posts are encrypted on their way in and decrypted on their way out. Their words
 * are in no index, so a search for words does not find them; filters do. `sealed` is told when one was encrypted.
 */
export function sealedStore(store: Store, keyring: Keyring, sealed: () => void = () => undefined): Store {
  const { posts } = store;
  const open = (post: Post) => reveal(post, keyring);
  const wrapped: Posts = {
    ...posts,
    insertMany: (rows) => posts.insertMany(rows.map((row) => ({ ...row, post: conceal(row.post, keyring) }))),
    async get(id) {
      const found = await posts.get(id);
      return found && open(found);
    },
    getMany: async (ids) => (await posts.getMany(ids)).map(open),
    async save(writes) {
      const ready = writes.map((write) => ({ ...write, doc: conceal(write.doc, keyring) }));
      await posts.save(ready);
      if (ready.some(({ doc }) => 'sealed' in doc)) sealed();
    },
    async page(request) {
      const { items, ...rest } = await posts.page(request);
      return { ...rest, items: items.map(open) };
    },
  };
  return { ...store, posts: wrapped, close: () => store.close() };
}
