import { betterAuth } from 'better-auth';
import { personModels } from '../contract/account.js';
import type { PersonRow } from '../contract/account.js';
import { adapterOf, shapes } from './auth.js';
import type { AuthOptions } from './auth.js';

/** People at most; far more than a deployment has. */
const most = 100_000;

export interface PeopleTransfer {
  /** Everybody with their passwords as they are kept, and the invitations that were not used yet; always in the same order. */
  read(): Promise<PersonRow[]>;
  /** Writes these with their ids; what is there already stays as it is. */
  load(rows: readonly PersonRow[]): Promise<void>;
}

/**
 * People as rows that mean the same in every database. Sessions stay behind: whoever was signed in signs in again. Passwords and
 * invitations are kept as hashes, which hold in another deployment as well.
 */
export async function createPeopleTransfer(database: AuthOptions['database']): Promise<PeopleTransfer> {
  const { adapter, tables } = await betterAuth({
    ...shapes(),
    database: await adapterOf(database),
    // Signs nothing here: nobody signs in.
    secret: 'x'.repeat(32),
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
  }).$context;
  const isDate = (model: string, name: string) => tables[model]?.fields[name]?.type === 'date';

  return {
    async read() {
      const all: PersonRow[] = [];
      for (const model of personModels) {
        const rows = await adapter.findMany<Record<string, unknown>>({ model, limit: most });
        const told = rows.map((row) => Object.entries(row).flatMap(([name, value]) => plain(name, value)));
        const sorted = told.map((entries) => Object.fromEntries(entries)).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
        all.push(...sorted.map((row) => ({ model, row })));
      }
      return all;
    },
    async load(rows) {
      for (const { model, row } of rows) {
        if (await adapter.findOne({ model, where: [{ field: 'id', value: idOf(row) }] })) continue;
        const data = Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, isDate(model, name) ? new Date(String(value)) : value]),
        );
        await adapter.create({ model, data, forceAllowId: true });
      }
    },
  };
}

const idOf = (row: PersonRow['row']) => String(row['id']);

/** A field as JSON can say it; none where there is no value, however the database says that. */
function plain(name: string, value: unknown): [string, PersonRow['row'][string]][] {
  if (value instanceof Date) return [[name, value.toISOString()]];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [];
}
