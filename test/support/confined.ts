import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes from a process started under it the right of root to pass over file modes; nothing for others, who have no such right. */
export const withoutRootsRights: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--'] : [];

export interface SmallDisk {
  folder: string;
  /** Command under which a process meets the limit. */
  under: readonly string[];
  /** Makes room again for the process. */
  free(pid: number): void;
  dispose(): void;
}

/**
 * A disk that is soon full: a small one in memory where this user may mount it, else a limit on the size of files, which
 * fails the same writes in another way.
 */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder]).status === 0;
  const filler = join(folder, 'filler');
  if (mounted) writeFileSync(filler, Buffer.alloc((megabytes * 1_048_576) >> 1));
  return {
    folder,
    // In blocks of 512 bytes; the soft limit, which can be raised again.
    under: mounted ? [] : ['sh', '-c', `ulimit -S -f ${megabytes * 1_024}; exec "$@"`, 'sh'],
    free(pid) {
      if (mounted) rmSync(filler);
      else spawnSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']);
    },
    dispose() {
      if (mounted) spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
