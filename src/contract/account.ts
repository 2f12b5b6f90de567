import { z } from 'zod';

/** What an API key may do. */
export const keyScopes = ['classify', 'ingest', 'read', 'review'] as const;
export type KeyScope = (typeof keyScopes)[number];

export const keyInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(keyScopes)).min(1),
});
export type KeyInput = z.infer<typeof keyInput>;

/** An API key as it is stored and listed: the secret itself is never kept. */
export interface ApiKey {
  id: string;
  name: string;
  scopes: KeyScope[];
  /** SHA-256 of the secret; not sent to clients. */
  hash: string;
  /** First characters, to tell keys apart. */
  prefix: string;
  createdAt: string;
  createdBy: string;
  revokedAt?: string;
}

export type ApiKeyView = Omit<ApiKey, 'hash'>;

export const roles = ['admin', 'moderator', 'analyst'] as const;
export type Role = (typeof roles)[number];

/** Who is asking: a person with a session or a partner with a key. */
export interface Principal {
  kind: 'user' | 'key';
  id: string;
  name: string;
  roles: Role[];
  scopes: KeyScope[];
}

export interface SessionView {
  user: { id: string; name: string; email: string; role: Role };
}

/** A person to add. Addresses are compared in lower case. */
export const userInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email('an e-mail address').max(254).toLowerCase(),
  role: z.enum(roles),
});
export type UserInput = z.infer<typeof userInput>;

export interface UserView {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: string;
}

/** `current` only when the account has a password already. */
export const passwordInput = z.strictObject({
  current: z.string().min(1).max(128).optional(),
  next: z.string().min(12).max(128),
});
export type PasswordInput = z.infer<typeof passwordInput>;

/** What is kept of people, by the name of its table: themselves, how they sign in, and invitations. */
export const personModels = ['user', 'account', 'verification'] as const;

/** A row of it as it is moved between stores; an instant is ISO 8601, and a field without a value is left out. */
export const personRow = z.object({
  model: z.enum(personModels),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type PersonRow = z.infer<typeof personRow>;
