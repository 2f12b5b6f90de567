import type { Log } from '../../src/base/log.js';

export interface Line {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: Record<string, unknown>;
  message: string;
}

/** A log that keeps its lines, those of its children included, for tests to look at. */
export function recordingLog(): Log & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (bound: object): Log => {
    const write = (level: Line['level']) => (fields: object, message: string) => {
      lines.push({ level, fields: { ...bound, ...fields }, message });
    };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => at({ ...bound, ...fields }),
    };
  };
  return { ...at({}), lines };
}
