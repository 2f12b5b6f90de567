import { z } from 'zod';
import { AppError } from '../base/errors.js';
import { roles, userInput } from '../contract/account.js';
import type { Role, UserInput, UserView } from '../contract/account.js';
import { parse } from './errors.js';

interface Person {
  id: string;
  name: string;
  email: string;
  /** Whether a one-time link of this person was ever used. */
  emailVerified: boolean;
  createdAt: Date;
}

/** What is needed of the library's own store of people. */
export interface People {
  listUsers(limit?: number): Promise<Person[]>;
  findUserByEmail(email: string): Promise<{ user: Person } | null>;
  createUser(user: { name: string; email: string; emailVerified: boolean; role: Role }): Promise<Person>;
  deleteUser(id: string): Promise<void>;
  deleteUserSessions(id: string): Promise<void>;
}

export interface Users {
  /** Adds a person who will sign in by a one-time link first. Throws `invalid_input`, or `duplicate` when the address is taken. */
  add(input: UserInput): Promise<UserView>;
  list(): Promise<UserView[]>;
  /** A new one-time sign-in link; earlier ones stay good until used or out of date. Throws `not_found`. */
  link(email: string): Promise<string>;
  /** Removes the person and ends every session at once in this process, within seconds in others. Throws `not_found`. */
  remove(email: string): Promise<void>;
  /** The address of an administrator; the first one is created when there is nobody at all. */
  ensureAdmin(): Promise<{ email: string; signedInBefore: boolean } | undefined>;
}

const firstAdmin: UserInput = { name: 'Administrator', email: 'admin@tocsin.local', role: 'admin' };
const maxListed = 10_000;

export interface UsersDeps {
  people: People;
  link: (email: string) => Promise<string>;
  /** Forgets who was remembered as signed in. */
  forget: () => void;
}

export function createUsers({ people, link, forget }: UsersDeps): Users {
  const find = async (email: string) => {
    const found = await people.findUserByEmail(
      parse(z.email('an e-mail address'), email.trim(), 'email').toLowerCase(),
    );
    if (!found) throw new AppError('not_found', { detail: `Nobody has the address ${email}` });
    return found.user;
  };
  const users: Users = {
    async add(input) {
      const { name, email, role } = parse(userInput, input);
      if (await people.findUserByEmail(email))
        throw new AppError('duplicate', { detail: `Somebody has the address ${email} already` });
      return view(await people.createUser({ name, email, role, emailVerified: false }));
    },
    list: async () => (await people.listUsers(maxListed)).map(view),
    link: async (email) => link((await find(email)).email),
    async remove(email) {
      const { id } = await find(email);
      await people.deleteUserSessions(id);
      await people.deleteUser(id);
      forget();
    },
    async ensureAdmin() {
      const everybody = await people.listUsers(maxListed);
      if (everybody.length === 0) return { email: (await users.add(firstAdmin)).email, signedInBefore: false };
      const admin = everybody.find((person) => roleOf(person) === 'admin');
      return admin && { email: admin.email, signedInBefore: everybody.some((person) => person.emailVerified) };
    },
  };
  return users;
}

function view(person: Person): UserView {
  const { id, name, email, createdAt } = person;
  return { id, name, email, role: roleOf(person), createdAt: createdAt.toISOString() };
}

/** The role as stored; the least of them for anything that is none of ours. */
export function roleOf(user: object): Role {
  const stored = 'role' in user ? user.role : undefined;
  return roles.find((role) => role === stored) ?? 'analyst';
}
