import { AppError } from '../../base/errors.js';
import type { Log } from '../../base/log.js';
import type { ApiKey } from '../../contract/account.js';
import type { AuditEntry } from '../../contract/audit.js';
import type { Upload } from '../../contract/upload.js';
import { createListeners } from '../listeners.js';
import type { Posts, Settings, Store } from '../port.js';
import { memoryChain } from './chain.js';
import { memoryDocuments, memoryIdempotency, memorySettings, memorySnapshots } from './documents.js';
import { memoryLog } from './log.js';
import { memoryPosts } from './posts.js';
import { memoryTransfer } from './transfer.js';

/** A store that keeps everything in this process and nothing after it: for tests. */
export function openMemory({ log }: { log: Log }): Store {
  const listeners = createListeners(log);
  const events = memoryLog(listeners);
  const posts = memoryPosts(events);
  const settings = memorySettings();
  let open = true;
  const guard = () => {
    if (!open) throw new AppError('store_unavailable', { detail: 'The store is closed' });
  };
  return {
    posts: guarded<Posts>(posts, guard),
    log: guarded(events.log, guard),
    keys: guarded(memoryDocuments<ApiKey>(), guard),
    uploads: guarded(memoryDocuments<Upload>(), guard),
    idempotency: guarded(memoryIdempotency(), guard),
    settings: guarded<Settings>(settings, guard),
    transfer: guarded(memoryTransfer(posts, events, settings), guard),
    audit: guarded(memoryChain<AuditEntry>(), guard),
    async scrub() {
      guard();
    },
    snapshots: guarded(memorySnapshots(), guard),
    async close() {
      open = false;
    },
  };
}

/** Runs `guard` before every asynchronous method, so that a closed store refuses as a real one does. */
function guarded<T extends object>(target: T, guard: () => void): T {
  const wrap = (method: (...args: unknown[]) => unknown) => {
    return async (...args: unknown[]) => {
      guard();
      return method(...args);
    };
  };
  return Object.fromEntries(
    Object.entries(target).map(([name, method]) => [name, name === 'onAppend' ? method : wrap(method)]),
  ) as T;
}
