import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { instant } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Ids } from '../base/ids.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import { canonicalJson } from '../contract/canonical.js';
import { captureInput, evidenceRecord } from '../contract/evidence.js';
import type { CaptureInput, CustodyAction, CustodyEvent, EvidenceItem, EvidenceRecord } from '../contract/evidence.js';
import { fieldErrors } from '../contract/fields.js';
import { appendCustody, custodyFault, hasCustody, isHeld, readCustody } from './custody.js';
import { onDisk, writeOnce, writeText } from './files.js';
import { createObjects } from './objects.js';
import type { Objects } from './objects.js';

export interface VaultDeps {
  /** Folder of the vault; made when the first thing is taken in. */
  folder: string;
  clock: Clock;
  ids: Ids;
  /** Writes down what is done to evidence. */
  record: RecordAct;
  version: string;
}

export interface Vault {
  /** Takes a thing in: its bytes, the capture record and the first event of its custody. Throws `invalid_input`. */
  capture(
    bytes: Readable | AsyncIterable<Uint8Array>,
    input: unknown,
    actor: Actor,
    hold?: string,
  ): Promise<EvidenceItem>;
  /** Throws `not_found`. */
  get(id: string): Promise<EvidenceItem>;
  /** Oldest first. */
  list(): Promise<EvidenceItem[]>;
  /** Puts a legal hold on it, which nothing but `release` takes away. Throws `not_found`, `transition_not_allowed`. */
  hold(id: string, reason: string, actor: Actor): Promise<EvidenceItem>;
  release(id: string, reason: string, actor: Actor): Promise<EvidenceItem>;
  /** Writes down that a copy leaves the house; before it does. */
  noteExport(id: string, reason: string, actor: Actor): Promise<EvidenceItem>;
  /** Ids of the posts that belong to something under legal hold. */
  heldPosts(): Promise<Set<string>>;
  /** Reads every byte again. */
  verify(): Promise<{ items: number; faults: { id: string; reason: string }[] }>;
  readonly objects: Objects;
}

/**
 * Evidence, in plain files that need no program of ours: `objects/<aa>/<sha256>` holds original bytes,
 * `items/<id>/record.json` says who took them in when and how, `items/<id>/custody/000001.json` … what happened since.
 * Nothing in it is ever changed or overwritten.
 */
export function createVault({ folder, clock, ids, record: write, version }: VaultDeps): Vault {
  const objects = createObjects(join(folder, 'objects'));
  const items = join(folder, 'items');
  const custodyOf = (id: string) => join(items, id, 'custody');

  async function read(id: string): Promise<EvidenceItem> {
    const record = await readRecord(id);
    const custody = await readCustody(custodyOf(id));
    return { ...record, held: isHeld(custody), custody };
  }

  async function readRecord(id: string): Promise<EvidenceRecord> {
    if (!/^[0-9A-Z]{26}$/.test(id)) throw missing(id);
    try {
      return evidenceRecord.parse(JSON.parse(await readFile(join(items, id, 'record.json'), 'utf8')));
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(id) : error;
    }
  }

  async function names(): Promise<string[]> {
    try {
      return (await readdir(items)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Ids of items that were taken in to the end: one that was broken off has no event in its custody, and nobody was told of it. */
  async function whole(): Promise<string[]> {
    const found = await Promise.all((await names()).map(async (id) => ((await hasCustody(custodyOf(id))) ? [id] : [])));
    return found.flat();
  }

  async function act(
    record: EvidenceRecord,
    action: CustodyAction,
    reason: string,
    actor: Actor,
    check: (custody: CustodyEvent[]) => void = () => undefined,
  ): Promise<EvidenceItem> {
    const { id } = record;
    const event = await onDisk(folder, () =>
      appendCustody(custodyOf(id), record, ids.ulid(), (before) => {
        check(before);
        return { at: instant(clock), actor: { kind: actor.kind, id: actor.id }, action, reason };
      }),
    );
    // Its hash, so that an end of the custody that is cut off shows in the audit chain.
    await write({ action: `evidence.${action}`, actor, target: id, after: event.hash });
    return read(id);
  }

  return {
    objects,
    get: read,
    async capture(bytes, input, { kind, id: by }, hold) {
      const said = parse(input);
      const actor = { kind, id: by };
      const id = ids.ulid();
      const stored = await onDisk(folder, () => objects.put(bytes, ids.ulid()));
      const record: EvidenceRecord = {
        ...said,
        ...stored,
        id,
        capturedAt: instant(clock),
        collector: { actor, machine: hostname(), tool: 'tocsin', toolVersion: version },
      };
      await onDisk(folder, () =>
        writeOnce(join(items, id, 'record.json'), ids.ulid(), (file) => writeText(file, `${canonicalJson(record)}\n`)),
      );
      const item = await act(record, 'capture', said.note ?? said.method, actor);
      return hold === undefined ? item : act(record, 'hold', hold, actor);
    },
    list: async () => Promise.all((await whole()).map(read)),
    async hold(id, reason, actor) {
      return act(await readRecord(id), 'hold', reason, actor, (custody) => {
        if (isHeld(custody))
          throw new AppError('transition_not_allowed', { detail: `${id} is under legal hold already` });
      });
    },
    async release(id, reason, actor) {
      return act(await readRecord(id), 'release', reason, actor, (custody) => {
        if (!isHeld(custody)) throw new AppError('transition_not_allowed', { detail: `${id} is under no legal hold` });
      });
    },
    async noteExport(id, reason, actor) {
      return act(await readRecord(id), 'export', reason, actor);
    },
    async heldPosts() {
      const all = await Promise.all((await whole()).map(read));
      return new Set(all.flatMap(({ held, post }) => (held && post !== undefined ? [post] : [])));
    },
    async verify() {
      const faults: { id: string; reason: string }[] = [];
      const all = await whole();
      for (const id of all) {
        const reason = await faultOf(id);
        if (reason !== undefined) faults.push({ id, reason });
      }
      return { items: all.length, faults };
    },
  };

  async function faultOf(id: string): Promise<string | undefined> {
    let item: { record: EvidenceRecord; custody: CustodyEvent[] };
    try {
      item = { record: await readRecord(id), custody: await readCustody(custodyOf(id)) };
    } catch {
      return 'its capture record or its custody cannot be read';
    }
    return custodyFault(item.record, item.custody) ?? objects.check(item.record.sha256, item.record.bytes);
  }
}

const missing = (id: string) => new AppError('not_found', { detail: `There is no evidence ${id}` });

function parse(input: unknown): CaptureInput {
  const read = captureInput.safeParse(input);
  if (read.success) return read.data;
  const fields = fieldErrors(read.error);
  const detail = fields.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ');
  throw new AppError('invalid_input', { detail, fields });
}
