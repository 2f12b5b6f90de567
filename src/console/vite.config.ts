import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a server (the real one or `mock-api`) listens while the pages are developed with `vite`. */
const backend = 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'src/console',
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    // Browsers of the last two years: `light-dark()` and container queries stay as they are written.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: { '/v1': backend, '/api': backend, '/healthz': backend, '/socket.io': { target: backend, ws: true } },
  },
});
