import { fixedClock } from '../../src/base/clock.js';
import { openStore } from '../../src/store/open.js';
import { noon } from '../support/posts.js';
import { recordingLog } from '../support/recording-log.js';
import { storeSuite } from './suite.js';

storeSuite('memory', () => ({
  open: () => openStore({ driver: 'memory', path: '', clock: fixedClock(noon), log: recordingLog() }),
  dispose: async () => undefined,
}));
