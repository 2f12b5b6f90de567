import { verifyChain } from '../audit/verify.js';
import type { Verdict } from '../audit/verify.js';
import type { Config } from '../config.js';
import { withHome } from './home.js';
import type { Ports } from './home.js';

/** Walks the audit chain of the store in `config.home` and writes nothing. */
export function verify(config: Config, published: string | undefined, given: Ports = {}): Promise<Verdict> {
  return withHome(config, ({ trail }) => verifyChain(trail.chain.read, published), given);
}
