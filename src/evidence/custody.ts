import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/errors.js';
import { sha256 } from '../base/ids.js';
import { canonicalJson } from '../contract/canonical.js';
import { custodyEvent } from '../contract/evidence.js';
import type { CustodyEvent, EvidenceRecord } from '../contract/evidence.js';
import { writeOnce, writeText } from './files.js';

/** Another process may add to the same chain; this often we look again. */
const attempts = 20;
const eventFile = /^\d+\.json$/;
const nameOf = (n: number) => `${String(n).padStart(6, '0')}.json`;

/** The hash an event must have. */
export function custodyHash({ hash: _hash, ...rest }: CustodyEvent): string {
  return sha256(canonicalJson(rest));
}

/** Where the custody of a thing begins: the hash of its capture record. */
export const recordHash = (record: EvidenceRecord): string => sha256(canonicalJson(record));

/** The custody of an item, oldest first. Throws when a file is no custody event. */
export async function readCustody(folder: string): Promise<CustodyEvent[]> {
  const names = (await readdir(folder)).filter((name) => eventFile.test(name)).sort();
  return Promise.all(
    names.map(async (name) => custodyEvent.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
}

/**
 * Adds to the custody of an item: one file an event, whose number only one process gets. `make` is asked anew when another
 * was faster; it may throw.
 */
export async function appendCustody(
  folder: string,
  record: EvidenceRecord,
  draft: string,
  make: (before: CustodyEvent[]) => Omit<CustodyEvent, 'n' | 'prevHash' | 'hash'>,
): Promise<CustodyEvent> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = (await hasCustody(folder)) ? await readCustody(folder) : [];
    const fault = before.length === 0 ? undefined : custodyFault(record, before);
    if (fault !== undefined)
      throw new AppError('evidence_damaged', {
        detail: `Nothing is added to the custody of ${record.id}: ${fault}; tocsin verify tells more`,
      });
    const last = before.at(-1);
    const open = { ...make(before), n: before.length + 1, prevHash: last?.hash ?? recordHash(record), hash: '' };
    const event = { ...open, hash: custodyHash(open) };
    const path = join(folder, nameOf(event.n));
    if (await writeOnce(path, draft, (file) => writeText(file, `${canonicalJson(event)}\n`))) return event;
  }
  throw new AppError('store_unavailable', {
    detail: `The custody of ${record.id} is being written to by too many at once`,
  });
}

/** Whether there is any event; its folder alone may be there already when a capture is broken off. */
export async function hasCustody(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => eventFile.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What is wrong with a custody chain, or nothing. */
export function custodyFault(record: EvidenceRecord, custody: readonly CustodyEvent[]): string | undefined {
  if (custody.length === 0) return 'its custody is missing';
  let before = recordHash(record);
  for (const [i, event] of custody.entries()) {
    if (event.n !== i + 1) return `event ${i + 1} of its custody is missing`;
    if (event.prevHash !== before)
      return i === 0
        ? 'its capture record was changed, or is not the one its custody began with'
        : `event ${event.n} of its custody does not follow on the one before`;
    if (event.hash !== custodyHash(event)) return `event ${event.n} of its custody was changed`;
    before = event.hash;
  }
  return undefined;
}

/** Whether the last word on it was a hold. */
export const isHeld = (custody: readonly CustodyEvent[]): boolean =>
  custody.findLast(({ action }) => action === 'hold' || action === 'release')?.action === 'hold';
