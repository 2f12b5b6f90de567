import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Where a server (the real one or `mock-api`) listens while the pages are developed with `vite`. */
const backend = 'http://127.0.0.1:8080';

/** Writes each script and stylesheet a second and third time, compressed: a quarter of the bytes on a bad line. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      const folder = join(dir ?? '', 'assets');
      for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/u.test(file))) {
        const content = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: 'src/console',
  plugins: [react(), compressed()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    // Browsers of the last two years: `light-dark()` and container queries stay as they are written.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files: each costs a round trip where the line is slow. What only some pages need stays with them.
          groups: [
            { name: 'forms', test: /node_modules\/(zod|react-number-format)\// },
            { name: 'vendor', test: /node_modules\/(?!socket\.io|engine\.io|@socket\.io)/ },
            { name: 'shared', test: /src\/console\/(ui|data|i18n\/(setup|languages))/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/v1': backend,
      '/api': backend,
      '/healthz': backend,
      '/socket.io': { target: backend, ws: true },
    },
  },
});
