import type { mongo } from 'mongoose';
import type { Log } from '../../base/log.js';
import type { ApiKey } from '../../contract/account.js';
import type { Upload } from '../../contract/upload.js';
import { createListeners } from '../listeners.js';
import type { Store } from '../port.js';
import { mongoChain } from './chain.js';
import { connect } from './connection.js';
import { mongoCounters } from './counters.js';
import { mongoDocuments, mongoIdempotency, mongoSettings, mongoSnapshots } from './documents.js';
import { mongoClaims } from './insert.js';
import { createLane } from './lane.js';
import { mongoLog } from './log.js';
import { mongoPosts } from './posts.js';
import { mongoRelay } from './relay.js';
import { mongoRemovals } from './removal.js';
import { createRound } from './round.js';
import type { Item } from './round.js';
import { mongoTransfer } from './transfer.js';

/** How often it is looked for what other processes appended or left behind. */
const lookMs = 1_000;
/** Every so many looks the outboxes are swept too: another process may have ended and never come back. */
const sweepEvery = 10;

export interface MongoStore extends Store {
  readonly database: mongo.Db;
}

/** The store of teams: MongoDB, shared by any number of processes. */
export async function openMongo({ url, log }: { url: string; log: Log }): Promise<MongoStore> {
  const session = await connect(url, log);
  const listeners = createListeners(log);
  const events = mongoLog(session, listeners);
  const counters = mongoCounters(session, events);
  const relay = mongoRelay(session, events, counters);
  const removals = mongoRemovals(session, relay, counters);
  const round = createRound(session, mongoClaims(session), relay, counters);
  // Set when a round broke off: what it wrote lies in outboxes, and nobody may build upon it before it is in the log.
  let broken = false;
  const recover = async () => {
    await relay.sweep();
    await removals.resume();
    broken = false;
  };
  const lane = createLane<Item>((jobs) =>
    session.ask(async () => {
      if (broken) await recover();
      try {
        await round(jobs);
      } catch (error) {
        broken = true;
        throw error;
      }
    }),
  );

  let looks = 0;
  const look = async () => {
    if (broken || ++looks % sweepEvery === 0) await lane.alone(() => session.ask(recover));
    await events.look();
  };
  try {
    await session.ask(counters.prepare);
    await session.ask(recover);
    await events.look();
  } catch (error) {
    await session.close();
    throw error;
  }
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: unknown) => log.debug({ err: error }, 'the store cannot be looked at now'));
  }, lookMs);
  timer.unref();

  return {
    database: session.database,
    posts: mongoPosts({ session, lane, counters, removals }),
    log: events.log,
    keys: mongoDocuments<ApiKey>(session, 'keys'),
    uploads: mongoDocuments<Upload>(session, 'uploads'),
    idempotency: mongoIdempotency(session),
    settings: mongoSettings(session),
    snapshots: mongoSnapshots(session),
    audit: mongoChain(session),
    transfer: mongoTransfer(session, lane, counters, events),
    // The server's files are its own: when it overwrites what was deleted is for whoever runs it.
    scrub: async () => undefined,
    async close() {
      clearInterval(timer);
      await lane.close();
      await looking;
      await session.close();
    },
  };
}
