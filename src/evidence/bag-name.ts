import type { EvidenceItem } from '../contract/evidence.js';

/** The name of an original in a package: one that every file system and every manifest bears. */
export function fileName({ name, sha256 }: Pick<EvidenceItem, 'name' | 'sha256'>): string {
  const safe = (name ?? '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '_')
    .replace(/^\.+/, '');
  return safe !== '' && Buffer.byteLength(safe) <= 200 ? safe : sha256;
}
