import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import type { RequestHandler } from 'express';
import { AppError } from '../base/errors.js';

/**
 * The built console: its files as they are, and its page for every other address a browser opens, so that a link into
 * the middle of the console works. File names under `assets/` carry a digest of their content and never change.
 *
 * @param folder what the build wrote; may not exist, then there is no console and a page says so
 */
export function consoleFiles(folder: string): RequestHandler[] {
  const page = join(folder, 'index.html');
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (res, path) => {
      const hashed = path.startsWith(join(folder, 'assets'));
      res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const squeezed = compressed(folder);
  const fallback: RequestHandler = (req, res, next) => {
    const wantsPage = (req.method === 'GET' || req.method === 'HEAD') && req.accepts(['html', 'json']) === 'html';
    // An asset of an older build must not come back as a page: the browser would run HTML as a script.
    if (!wantsPage || req.path.startsWith('/assets/')) next();
    else if (existsSync(page)) res.set('Cache-Control', 'no-cache').sendFile('index.html', { root: folder });
    else next(new AppError('not_found', { detail: 'The console is not built; build it with "npm run build"' }));
  };
  return [squeezed, files, fallback];
}

const types: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const copies = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
];

/** Points to the compressed copy that the build wrote beside a script or stylesheet, for browsers that take one. */
function compressed(folder: string): RequestHandler {
  return (req, res, next) => {
    const [, type] = /^\/assets\/[\w.-]+\.(js|css)$/.exec(req.path) ?? [];
    if (type === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) {
      next();
      return;
    }
    res.vary('Accept-Encoding');
    // One at a time: asked for both, the answer follows the order of the header and not what is smaller.
    const found = copies.find(
      ({ encoding, ending }) => req.acceptsEncodings(encoding) && existsSync(join(folder, `${req.path}${ending}`)),
    );
    if (found) {
      res.set({ 'Content-Encoding': found.encoding, 'Content-Type': types[type] ?? '' });
      req.url = `${req.path}${found.ending}`;
    }
    next();
  };
}
