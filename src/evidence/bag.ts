import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../base/errors.js';
import { canonicalJson } from '../contract/canonical.js';
import type { EvidenceItem } from '../contract/evidence.js';
import { fileName } from './bag-name.js';
import { onDisk, syncFolder } from './files.js';
import type { Objects } from './objects.js';
import { readme } from './readme.js';

export interface BagInfo {
  /** ISO 8601. */
  at: string;
  by: string;
  reason: string;
  version: string;
}

export interface Bag {
  folder: string;
  files: number;
  bytes: number;
}

/**
 * Writes a BagIt 1.0 package (RFC 8493): `data/<id>/` holds the original bytes, the capture record and the custody of each
 * item. It needs no program of ours: `sha256sum -c manifest-sha256.txt` checks every byte, README.html tells a reader what
 * is what. The folder must not exist; it appears when everything is in it. An original that is not whole throws `evidence_damaged`
 * and leaves no package.
 */
export function writeBag(
  folder: string,
  items: readonly EvidenceItem[],
  objects: Objects,
  info: BagInfo,
): Promise<Bag> {
  return onDisk(folder, () => pack(folder, items, objects, info));
}

async function pack(folder: string, items: readonly EvidenceItem[], objects: Objects, info: BagInfo): Promise<Bag> {
  refuseExisting(folder);
  const draft = `${folder}.partial`;
  try {
    await mkdir(draft, { recursive: false, mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new AppError('duplicate', { detail: `${draft} exists already; remove it or choose another folder` });
  }
  try {
    const payload: Line[] = [];
    for (const item of items) payload.push(...(await writeItem(draft, item, objects)));
    const bytes = payload.reduce((sum, line) => sum + line.bytes, 0);
    const tags: Line[] = [];
    const tag = async (path: string, text: string) => tags.push(await write(draft, path, [Buffer.from(text)]));
    await tag('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    await tag('bag-info.txt', bagInfo(items, info, bytes, payload.length));
    await tag('README.html', readme(items, info));
    await tag('manifest-sha256.txt', manifest(payload));
    await write(draft, 'tagmanifest-sha256.txt', [Buffer.from(manifest(tags))]);
    await syncFolder(draft);
    await rename(draft, folder);
    await syncFolder(dirname(folder));
    return { folder, files: payload.length, bytes };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Throws `duplicate` when the folder of a package is there already. */
export function refuseExisting(folder: string): void {
  if (existsSync(folder))
    throw new AppError('duplicate', { detail: `${folder} exists already; choose a folder that does not` });
}

/** One file of the package, as a manifest tells of it. */
interface Line {
  path: string;
  sha256: string;
  bytes: number;
}

async function writeItem(draft: string, item: EvidenceItem, objects: Objects): Promise<Line[]> {
  const { held: _held, custody, ...record } = item;
  const folder = `data/${item.id}`;
  const original = await write(
    draft,
    `${folder}/original/${fileName(item)}`,
    createReadStream(objects.path(item.sha256)),
  );
  if (original.sha256 !== item.sha256)
    throw new AppError('evidence_damaged', {
      detail: `The original of ${item.id} was changed in the vault: the SHA-256 of its bytes is ${original.sha256}, not ${item.sha256}; nothing was exported`,
    });
  const line = (value: unknown) => `${canonicalJson(value)}\n`;
  return [
    original,
    await write(draft, `${folder}/record.json`, [Buffer.from(line(record))]),
    await write(draft, `${folder}/custody.jsonl`, [Buffer.from(custody.map(line).join(''))]),
  ];
}

async function write(
  root: string,
  path: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Line> {
  await mkdir(join(root, dirname(path)), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(join(root, path), 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path, sha256: hash.digest('hex'), bytes: size };
}

const manifest = (lines: readonly Line[]) => lines.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');

function bagInfo(
  items: readonly EvidenceItem[],
  { at, by, reason, version }: BagInfo,
  bytes: number,
  files: number,
): string {
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
  return [
    ['Bagging-Date', at.slice(0, 10)],
    ['Payload-Oxum', `${bytes}.${files}`],
    ['Bag-Software-Agent', `Tocsin ${version}`],
    ['Internal-Sender-Description', `Evidence exported by ${oneLine(by)} at ${at}: ${oneLine(reason)}`],
    ...items.map(({ id }) => ['External-Identifier', id]),
  ]
    .map(([label, value]) => `${label}: ${value}\n`)
    .join('');
}
