import type { Sketch } from './sketch.js';

/** What comes in while somebody looks: one after the other, then from the start again. */
export const arrivals: Sketch[] = [
  {
    language: 'fra',
    country: 'TCD',
    place: 'Abéché',
    source: ['Radio Logone (démo)', 'radio'],
    speaker: 'armed_group',
    reach: { views: 400_000 },
    minutesAgo: 0,
    text: '{v|Brûlez} les {t|Teskans} dans leurs maisons ce soir.',
    findings: [{ rule: 'call-kill', groups: ['X.eth.teskan'] }],
    gloss: { Brûlez: 'burn (plural command)' },
  },
  {
    language: 'eng',
    country: 'KEN',
    source: ['Bonde Talk (demo)', 'social'],
    speaker: 'ordinary',
    reach: { followers: 60 },
    minutesAgo: 0,
    text: 'Typical {t|Marovi}, {b|stupid} as ever.',
    findings: [{ rule: 'vilify', groups: ['X.eth.marovi'] }],
  },
  {
    language: 'ara',
    script: 'Arab',
    country: 'SDN',
    source: ['صوت الوادي (تجريبي)', 'radio'],
    speaker: 'media',
    reach: { views: 90_000 },
    minutesAgo: 0,
    text: '{x|أخرجوا} {t|التسكان} من أرضنا الآن.',
    findings: [{ rule: 'call-expel', groups: ['X.eth.teskan'] }],
    gloss: { أخرجوا: 'get them out (plural command)' },
  },
  {
    language: 'swa',
    country: 'TZA',
    source: ['Jamvi (demo)', 'social'],
    minutesAgo: 0,
    draft: true,
    text: '{t|Wadumari} ni {d|panya} tu.',
    findings: [{ rule: 'dehumanise-animal', groups: ['X.desc.dumari'] }],
    gloss: { panya: 'rats' },
  },
];
