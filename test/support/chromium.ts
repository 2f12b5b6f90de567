import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Debian's Chromium, or the one that TOCSIN_TEST_CHROMIUM names. */
const path = process.env['TOCSIN_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why browser tests cannot run here; `undefined` when they can. */
export const missingChromium: string | undefined = existsSync(path)
  ? undefined
  : `there is no Chromium at ${path} (TOCSIN_TEST_CHROMIUM names another)`;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless browser that asks nothing of the network but what a page does. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: quiet });
}
