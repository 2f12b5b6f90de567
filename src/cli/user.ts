import { defineCommand } from 'citty';
import { openAccounts } from '../app.js';
import type { Accounts } from '../app.js';
import { readConfig } from '../config.js';
import { roles } from '../contract/account.js';

const email = { type: 'string', description: 'Address of the person', required: true } as const;

async function withUsers(work: (users: Accounts['users']) => Promise<string>): Promise<void> {
  const accounts = await openAccounts(readConfig(process.env));
  try {
    process.stdout.write(`${await work(accounts.users)}\n`);
  } finally {
    await accounts.close();
  }
}

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Add a person and print a one-time sign-in link, good for 24 hours' },
  args: {
    name: { type: 'string', description: 'Name that others see', required: true },
    email,
    role: { type: 'enum', options: [...roles], description: 'What the person may do', required: true },
  },
  run: ({ args }) =>
    withUsers(async (users) => {
      // Checked against the contract, which names what is wrong.
      const added = await users.add({ name: args.name, email: args.email, role: args.role });
      return users.link(added.email);
    }),
});

const linkCommand = defineCommand({
  meta: { name: 'link', description: 'Print a new one-time sign-in link, good for 24 hours' },
  args: { email },
  run: ({ args }) => withUsers((users) => users.link(args.email)),
});

const listCommand = defineCommand({
  meta: { name: 'list', description: 'List people: address, role, name' },
  run: () =>
    withUsers(async (users) => {
      const everybody = await users.list();
      return everybody.map(({ email, role, name }) => `${email}\t${role}\t${name}`).join('\n');
    }),
});

const removeCommand = defineCommand({
  meta: { name: 'remove', description: 'Remove a person; a running service forgets their sessions within seconds' },
  args: { email },
  run: ({ args }) =>
    withUsers(async (users) => {
      await users.remove(args.email);
      return `removed ${args.email}`;
    }),
});

export const userCommand = defineCommand({
  meta: { name: 'user', description: 'People who sign in (works beside the running service)' },
  subCommands: { add: addCommand, link: linkCommand, list: listCommand, remove: removeCommand },
});
