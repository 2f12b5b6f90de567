import type { Clock } from '../base/clock.js';
import { AppError } from '../base/errors.js';
import type { Actor, RecordAct } from '../contract/audit.js';
import { fieldErrors } from '../contract/fields.js';
import type { Post } from '../contract/post.js';
import { retentionRule, retentionRules } from '../contract/retention.js';
import type { RetentionReport, RetentionRule } from '../contract/retention.js';
import type { Settings, Store } from '../store/port.js';
import { erasePost } from './erase.js';
import { runRetention } from './retention.js';

const setting = 'retention';

export interface PrivacyDeps {
  store: Store;
  /** The same store as it is on the disk: what is to be forgotten need not be decrypted. */
  raw: Store;
  settings: Settings;
  clock: Clock;
  held: () => Promise<ReadonlySet<string>>;
  digest: (post: Post) => string;
  record: RecordAct;
  defaults: () => Promise<RetentionRule[]>;
}

export interface Privacy {
  /** Erases the content of one post. Throws `not_found`, `transition_not_allowed`. */
  erase(id: string, reason: string, actor: Actor): Promise<Post>;
  /** The deployment's own rules, then the defaults. */
  rules(): Promise<{ own: RetentionRule[]; defaults: RetentionRule[] }>;
  /** Adds a rule in the place of an own one with the same conditions. Throws `invalid_input`. */
  setRule(rule: unknown): Promise<RetentionRule>;
  /** Takes an own rule away. Throws `not_found`. */
  unsetRule(conditions: Partial<RetentionRule>): Promise<void>;
  /** `signal` breaks it off between two pages of posts. */
  run(dryRun: boolean, actor: Actor, signal?: AbortSignal): Promise<RetentionReport>;
}

/** What the service forgets, and when. */
export function createPrivacyRoom({ store, raw, settings, defaults, ...deps }: PrivacyDeps): Privacy {
  const rules = async () => ({
    own: retentionRules.parse((await settings.get(setting)) ?? []),
    defaults: await defaults(),
  });
  const same = (a: Partial<RetentionRule>, b: Partial<RetentionRule>) =>
    a.level === b.level && a.status === b.status && a.source === b.source && a.country === b.country;
  return {
    rules,
    erase: (id, reason, actor) => erasePost({ ...deps, store }, id, reason, actor),
    async setRule(given) {
      const read = retentionRule.safeParse(given);
      if (!read.success) {
        const fields = fieldErrors(read.error);
        const detail = fields.map(({ field, expected }) => `${field || 'the rule'}: expected ${expected}`).join('; ');
        throw new AppError('invalid_input', { detail, fields });
      }
      const { own } = await rules();
      await settings.set(setting, [...own.filter((rule) => !same(rule, read.data)), read.data]);
      return read.data;
    },
    async unsetRule(conditions) {
      const { own } = await rules();
      const left = own.filter((rule) => !same(rule, conditions));
      if (left.length === own.length)
        throw new AppError('not_found', { detail: 'There is no rule of your own with just these conditions' });
      await settings.set(setting, left);
    },
    run: async (dryRun, actor, signal) =>
      runRetention({ ...deps, store: raw, rules: await rules(), actor, signal }, dryRun),
  };
}
