import type { TaxonomyView } from '../../contract/taxonomy.js';

/**
 * The names the mock hands out. Every people here is invented (Marovi, Teskan, Sarrani, Dumari, Bolvani): pictures and tests of the
 * console insult nobody who exists. Categories and levels carry the ids of the real framework.
 */
export const taxonomy: TaxonomyView = {
  groups: [
    { id: 'X.eth.marovi', ground: 'pc.ethnicity', names: { eng: 'Marovi', fra: 'Marovis', ara: 'الماروفيون' } },
    { id: 'X.eth.teskan', ground: 'pc.ethnicity', names: { eng: 'Teskan', fra: 'Teskans', ara: 'التسكان' } },
    { id: 'X.rel.sarrani', ground: 'pc.religion', names: { eng: 'Sarrani', fra: 'Sarranis', ara: 'السراني' } },
    { id: 'X.desc.dumari', ground: 'pc.descent', names: { eng: 'Dumari', fra: 'Dumaris', ara: 'الدوماري' } },
    { id: 'X.nat.bolvani', ground: 'pc.nationality', names: { eng: 'Bolvani', fra: 'Bolvanis', ara: 'البولفانيون' } },
    {
      id: 'X.mig.refugees',
      ground: 'pc.migration_status',
      names: { eng: 'Refugees', fra: 'Réfugiés', ara: 'اللاجئون' },
    },
    { id: 'X.gen.women', ground: 'pc.gender', names: { eng: 'Women', fra: 'Femmes', ara: 'النساء' } },
  ],
  grounds: [
    {
      id: 'pc.ethnicity',
      names: {
        eng: 'Ethnicity, tribe or clan',
        fra: 'Ethnie, tribu ou clan',
        ara: 'الانتماء الإثني أو القبلي أو العشائري',
      },
    },
    { id: 'pc.religion', names: { eng: 'Religion or belief', fra: 'Religion ou conviction', ara: 'الدين أو المعتقد' } },
    {
      id: 'pc.descent',
      names: {
        eng: 'Descent, caste or inherited status',
        fra: 'Ascendance, caste ou statut hérité',
        ara: 'النسب أو الطبقة الموروثة',
      },
    },
    {
      id: 'pc.nationality',
      names: {
        eng: 'Nationality or national origin',
        fra: 'Nationalité ou origine nationale',
        ara: 'الجنسية أو الأصل القومي',
      },
    },
    {
      id: 'pc.migration_status',
      names: { eng: 'Migration or displacement', fra: 'Migration ou déplacement', ara: 'الهجرة أو النزوح' },
    },
    { id: 'pc.gender', names: { eng: 'Gender', fra: 'Genre', ara: 'النوع الاجتماعي' } },
  ],
  functions: [
    {
      id: 'pf.humanitarian',
      names: {
        eng: 'Humanitarian and relief workers',
        fra: 'Travailleurs humanitaires',
        ara: 'العاملون في المجال الإنساني والإغاثة',
      },
    },
    { id: 'pf.journalist', names: { eng: 'Journalists', fra: 'Journalistes', ara: 'الصحفيون' } },
  ],
  categories: [
    category(
      'T01',
      'Dehumanisation: animals and vermin',
      'Déshumanisation : animaux et vermine',
      'نزع الإنسانية: تشبيه بالحيوانات والحشرات',
      'Speaks of a group as animals, insects or pests.',
    ),
    category(
      'T02',
      'Dehumanisation: disease and filth',
      'Déshumanisation : maladie et souillure',
      'نزع الإنسانية: تشبيه بالمرض والقذارة',
      'Speaks of a group as an infection, dirt or poison.',
    ),
    category(
      'T05',
      'Accusation in a mirror',
      'Accusation en miroir',
      'الاتهام المعكوس',
      'Says that a group is about to do what is being urged against it.',
    ),
    category(
      'T06',
      'Existential threat and replacement',
      'Menace existentielle et remplacement',
      'التهديد الوجودي والاستبدال',
      'Presents a group as out to replace or wipe out “us”.',
    ),
    category(
      'T07',
      'Disloyalty, fifth column',
      'Déloyauté, cinquième colonne',
      'الخيانة والطابور الخامس',
      'Treats people as traitors because of who they are.',
    ),
    category(
      'T08',
      'Call to kill or harm',
      'Appel à tuer ou à blesser',
      'الدعوة إلى القتل أو الإيذاء',
      'Urges, wishes or rewards violence against a group.',
    ),
    category(
      'T10',
      'Call to expel or “cleanse” an area',
      'Appel à expulser ou à « nettoyer » une zone',
      'الدعوة إلى الطرد أو «التطهير»',
      'Urges the removal of a group from where it lives.',
    ),
    category(
      'T11',
      'Call to discriminate, exclude or boycott',
      'Appel à discriminer, exclure ou boycotter',
      'الدعوة إلى التمييز أو الإقصاء أو المقاطعة',
      'Urges to deny a group work, trade, services or rights.',
    ),
    category('T12', 'Threat', 'Menace', 'التهديد', 'Threatens a group with harm.'),
    category(
      'T15',
      'Incitement to sexual violence',
      'Incitation aux violences sexuelles',
      'التحريض على العنف الجنسي',
      'Urges or wishes sexual violence.',
    ),
    category(
      'T18',
      'Justification of atrocities',
      'Justification d’atrocités',
      'تبرير الفظائع',
      'Calls harm done to a group deserved or necessary.',
    ),
    category('T20', 'Supremacism', 'Suprémacisme', 'ادعاء التفوق', 'Says that one group is superior by nature.'),
    category('T21', 'Conspiracy', 'Complotisme', 'نظرية المؤامرة', 'Says that a group controls events in secret.'),
    category(
      'T22',
      'Stereotype, insult or slur',
      'Stéréotype, insulte ou injure',
      'قالب نمطي أو إهانة أو شتيمة',
      'Insults a group or calls it bad as such.',
    ),
    category(
      'T25',
      'Hate against a protected function',
      'Haine contre une fonction protégée',
      'كراهية ضد وظيفة محمية',
      'Attacks people for a protected task they carry out.',
    ),
    category(
      'harassment',
      'Threat or abuse of one person for other reasons',
      'Menace ou injure contre une personne pour d’autres raisons',
      'تهديد أو إساءة لشخص لأسباب أخرى',
      'Kept apart: no protected ground is meant.',
    ),
  ],
  levels: [
    {
      id: 'none',
      name: 'Not hate speech',
      names: { eng: 'Not hate speech', fra: 'Pas de discours de haine', ara: 'ليس خطاب كراهية' },
      meaning: 'News, quotation, counter-speech, criticism.',
    },
    {
      id: 'bottom',
      name: 'Lawful but offensive',
      names: { eng: 'Lawful but offensive', fra: 'Licite mais offensant', ara: 'مشروع لكنه مسيء' },
      meaning: 'Hurts, shocks or mocks and stays within the law.',
    },
    {
      id: 'intermediate',
      name: 'May be restricted',
      names: { eng: 'May be restricted', fra: 'Peut être restreint', ara: 'يجوز تقييده' },
      meaning: 'Below incitement, grave enough that a law may limit it.',
    },
    {
      id: 'top',
      name: 'Must be prohibited',
      names: { eng: 'Must be prohibited', fra: 'Doit être interdit', ara: 'يجب حظره' },
      meaning: 'Incitement; only people decide so.',
    },
  ],
};

function category(
  id: string,
  eng: string,
  fra: string,
  ara: string,
  definition: string,
): TaxonomyView['categories'][number] {
  return { id, name: eng, names: { eng, fra, ara }, definition };
}

/** Display name in English, as the engine's own sentences have it. */
export const englishName = (id: string): string =>
  [...taxonomy.groups, ...taxonomy.functions].find((item) => item.id === id)?.names['eng'] ?? id;

/** The ground of a group id. */
export const groundOf = (group: string): string | undefined =>
  taxonomy.groups.find((item) => item.id === group)?.ground;
