const names = {
  post: 'posts',
  event: 'events',
  person: 'rows of people',
  key: 'keys',
  upload: 'uploads',
  setting: 'settings',
  cursor: 'cursors',
  audit: 'audit entries',
} as const;
type Counts = Record<keyof typeof names, number>;

const everyMs = 200;
const width = 30;

/** A line that says how far a long work is: rewritten in a terminal, one every tenth elsewhere. To stderr: stdout is for results. */
export function progressLine(to: NodeJS.WriteStream): {
  tell(done: Counts, of: Partial<Counts>): void;
  end(): void;
} {
  let last = 0;
  let tenth = -1;
  let open = false;
  return {
    tell(done, of) {
      const sum = Object.values(done).reduce((total, count) => total + count, 0);
      const all = Object.values(of).reduce((total, count) => total + count, 0);
      const share = all === 0 ? 1 : Math.min(1, sum / all);
      const now = Date.now();
      if (to.isTTY ? now - last < everyMs && share < 1 : Math.floor(share * 10) <= tenth) return;
      [last, tenth] = [now, Math.floor(share * 10)];
      const bar = '#'.repeat(Math.round(share * width)).padEnd(width, '.');
      const line = `[${bar}] ${Math.round(share * 100)} %  ${spoken(done)}`;
      to.write(to.isTTY ? `\r${line}\u001B[K` : `${line}\n`);
      open = to.isTTY;
    },
    end() {
      if (open) to.write('\n');
    },
  };
}

/** "12 posts, 30 events": what there is any of. */
export function spoken(counts: Counts): string {
  const parts = (Object.keys(names) as (keyof Counts)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${names[kind]}`);
  return parts.join(', ') || 'nothing';
}
