import { defineCommand } from 'citty';
import { serve } from '../main.js';

export const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'Run the service until it is told to stop' },
  args: {
    port: { type: 'string', description: 'Where to listen; 0 takes any free port (TOCSIN_PORT)', valueHint: 'number' },
    host: { type: 'string', description: 'Address to listen at (TOCSIN_HOST)', valueHint: 'address' },
  },
  run: ({ args }) =>
    serve({
      ...process.env,
      ...(args.port === undefined ? {} : { TOCSIN_PORT: args.port }),
      ...(args.host === undefined ? {} : { TOCSIN_HOST: args.host }),
    }),
});
