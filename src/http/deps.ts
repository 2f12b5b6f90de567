import type { Clock } from '../base/clock.js';
import type { Log } from '../base/log.js';
import type { Acts } from '../audit/acts.js';
import type { AuditChain } from '../audit/chain.js';
import type { createInspector } from '../audit/inspect.js';
import type { createPool } from '../classify/pool.js';
import type { PackHoldings } from '../contract/packs.js';
import type { TaxonomyView } from '../contract/taxonomy.js';
import type { Vault } from '../evidence/vault.js';
import type { createDemo } from '../intake/demo.js';
import type { createIntake } from '../intake/submit.js';
import type { createUploads } from '../intake/uploads/run.js';
import type { Privacy } from '../privacy/privacy.js';
import type { createKeys } from '../partners/keys.js';
import type { createReview } from '../review/decide.js';
import type { Store } from '../store/port.js';
import type { Auth } from './auth.js';

/** What the routes are wired with: the working rooms and, for reading, the store's port. */
export interface RouteDeps {
  store: Store;
  intake: ReturnType<typeof createIntake>;
  uploads: ReturnType<typeof createUploads>;
  demo: Pick<ReturnType<typeof createDemo>, 'status' | 'remove'>;
  pool: Pick<ReturnType<typeof createPool>, 'assess' | 'waiting'>;
  review: ReturnType<typeof createReview>;
  keys: ReturnType<typeof createKeys>;
  auth: Auth;
  audit: Pick<AuditChain, 'head' | 'read'> & ReturnType<typeof createInspector>;
  acts: Acts;
  /** Absent where nothing outlives the process. */
  vault: Vault | undefined;
  privacy: Privacy;
  taxonomy: TaxonomyView;
  holdings: PackHoldings;
  clock: Clock;
  log: Log;
  version: string;
  /** Texts that may wait for a worker before `POST /v1/classify` is refused. */
  maxWaiting: number;
  /** Bytes of an uploaded file. */
  uploadLimit: number;
  /** Fires when the service stops: long requests end. */
  signal: AbortSignal;
  /** Throws when the service cannot do its work now. */
  ready(): Promise<void>;
}
