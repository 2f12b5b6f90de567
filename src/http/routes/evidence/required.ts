import { AppError } from '../../../base/errors.js';
import type { Vault } from '../../../evidence/vault.js';

/** The vault; throws `store_unavailable` where there is none. */
export function required(vault: Vault | undefined): Vault {
  if (!vault) throw new AppError('store_unavailable', { detail: 'A store that lives in memory keeps no evidence' });
  return vault;
}
