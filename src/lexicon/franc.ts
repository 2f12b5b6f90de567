import type { Detect } from '../engine/index.js';
import { openTrigrams } from './trigrams.js';

/** Individual codes that detectors names → the macro-language or neighbour whose pack reads them (ISO 639-3). */
export const packOf: Record<string, string> = {
  swh: 'swa',
  swc: 'swa',
  arb: 'ara',
  arz: 'ara',
  apc: 'ara',
  ary: 'ara',
  pes: 'fas',
  prs: 'fas',
  cmn: 'zho',
  zlm: 'msa',
  fuv: 'ful',
  fuf: 'ful',
  fuc: 'ful',
  dip: 'din',
  dik: 'din',
  // fastText's "ku" is Kurmanji: Sorani has a label of its own.
  kur: 'kmr',
  gax: 'orm',
  gaz: 'orm',
  hat: 'hat',
  uzn: 'uzb',
  azj: 'aze',
  khk: 'mon',
  npi: 'nep',
  ekk: 'est',
  lvs: 'lav',
  als: 'sqi',
  ydd: 'yid',
  koi: 'kom',
  srp: 'hbs',
  hrv: 'hbs',
  bos: 'hbs',
  cnr: 'hbs',
  hae: 'orm',
  yue: 'zho',
  wuu: 'zho',
  pnb: 'pan',
  azb: 'aze',
  acm: 'ara',
  bcc: 'bal',
  pbu: 'pus',
  plt: 'mlg',
};

const members = new Map<string, string[]>();
for (const [code, pack] of Object.entries(packOf)) members.set(pack, [...(members.get(pack) ?? []), code]);

/**
 * franc behind the engine's port. franc ranks by trigram distance and gives 1 to the nearest language; the others' scores lie close
 * below, so the distance to the best is stretched into a confidence.
 */
export function openFranc(): Detect {
  const rank = openTrigrams();
  return (text, among) => {
    const ranked = rank(
      text,
      among?.flatMap((lang) => [lang, ...(members.get(lang) ?? [])]),
      8,
    );
    const best = new Map<string, number>();
    for (const [code, score] of ranked.slice(0, 8)) {
      if (code === 'und') continue;
      const lang = packOf[code] ?? code;
      const confidence = Math.max(0, 1 - (1 - score) * 4);
      best.set(lang, Math.max(best.get(lang) ?? 0, confidence));
    }
    return [...best].map(([code, confidence]) => ({ code, confidence })).sort((a, b) => b.confidence - a.confidence);
  };
}
