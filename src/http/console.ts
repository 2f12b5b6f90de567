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
  const fallback: RequestHandler = (req, res, next) => {
    const wantsPage = (req.method === 'GET' || req.method === 'HEAD') && req.accepts(['html', 'json']) === 'html';
    // An asset of an older build must not come back as a page: the browser would run HTML as a script.
    if (!wantsPage || req.path.startsWith('/assets/')) next();
    else if (existsSync(page)) res.set('Cache-Control', 'no-cache').sendFile('index.html', { root: folder });
    else next(new AppError('not_found', { detail: 'The console is not built; build it with "npm run build"' }));
  };
  return [files, fallback];
}
