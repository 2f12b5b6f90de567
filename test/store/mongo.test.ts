import { afterAll, beforeAll } from '@jest/globals';
import { fixedClock } from '../../src/base/clock.js';
import { openStore } from '../../src/store/open.js';
import { missingMongo, mongo } from '../support/mongo.js';
import { noon } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';
import { describeNeeding } from '../support/require.js';
import { storeSuite } from './suite.js';

describeNeeding('on MongoDB', missingMongo(), () => {
  let server: Awaited<ReturnType<typeof mongo>>;
  let databases = 0;
  beforeAll(async () => {
    server = await mongo();
  });
  afterAll(() => server.stop());

  storeSuite(
    'mongo',
    () => {
      const url = server.url(`tocsin_test_${process.pid}_${databases++}`);
      return {
        open: () => openStore({ driver: 'mongo', path: '', url, clock: fixedClock(noon), log: recordingLog() }),
        dispose: async () => undefined,
      };
    },
    6,
  );
});
