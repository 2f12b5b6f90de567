import type { CoverageView, PacksView } from '../../contract/packs.js';

const pack = (lang: string, name: string, more: Partial<PacksView['packs'][number]> = {}) => ({
  lang,
  name,
  status: 'draft',
  scripts: ['Latn'],
  countries: ['KEN'],
  entries: 1240,
  forms: 9310,
  groups: 312,
  terms: 58,
  unverified: 9,
  predicates: 402,
  cues: 468,
  sources: 71,
  ...more,
});

/** Packs with invented counts. */
export const packs: PacksView = {
  packs: [pack('swa', 'Swahili'), pack('eng', 'English', { status: 'reviewed', terms: 412 }), pack('ara', 'Arabic')],
  countries: ['KEN', 'SDN'],
};

/** Coverage of two countries by the mock's invented peoples. */
export const coverage: Record<string, CoverageView['groups']> = {
  KEN: [
    { group: 'X.eth.marovi', ground: 'pc.ethnicity', names: 6, terms: 9, gap: false },
    {
      group: 'X.eth.teskan',
      ground: 'pc.ethnicity',
      names: 4,
      terms: 0,
      gap: true,
      reason: { status: 'open', text: 'No source of the register documents a term against them; to be sought.' },
    },
    { group: 'X.rel.sarrani', ground: 'pc.religion', names: 1200, terms: 3, gap: false },
  ],
  SDN: [{ group: 'X.eth.teskan', ground: 'pc.ethnicity', names: 4, terms: 0, gap: true }],
};
