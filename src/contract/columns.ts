import { uploadColumns } from './upload.js';
import type { UploadColumn } from './upload.js';

/** Column of the file taken for each of ours; `''`: none, whatever the columns are called. */
export type Mapping = Partial<Record<UploadColumn, string>>;

/**
 * Names under which a column is recognised, best first, as `fold` writes them. Only names that leave no doubt: a bare
 * `id` is as often a row number, and two files of row numbers would pass for one another's duplicates.
 */
const names: Record<UploadColumn, string[]> = {
  text: [
    'text message content body posttext messagetext fulltext post tweet comment transcript transcription msg sms',
    'messages contents posts comments texte contenu commentaire texto contenido mensaje mensagem conteudo ujumbe maandishi',
    'النص نص المحتوى محتوى الرسالة رسالة المنشور منشور التعليق تعليق التغريدة',
  ],
  externalId: ['externalid postid messageid tweetid commentid uuid guid identifiantexterne معرفالمنشور معرفالرسالة'],
  language: ['language lang langue idioma lugha اللغة لغة'],
  author: [
    'author username user screenname handle sender account from auteur utilisateur compte expediteur pseudo autor',
    'الكاتب المؤلف المستخدم المرسل الحساب',
  ],
  publishedAt: [
    'publishedat published publicationdate publishdate postedat createdat timestamp datetime date posted created time',
    'datedepublication publiele horodatage dateheure fecha data tarehe تاريخالنشر التاريخ تاريخ الوقت',
  ],
  url: ['url link permalink posturl lien adresse enlace kiungo الرابط رابط'],
  sourceName: [
    'sourcename source outlet channel platform station newspaper media chaine plateforme journal fuente chanzo',
    'المصدر مصدر القناة المنصة الصحيفة',
  ],
  sourceKind: ['sourcekind sourcetype mediatype mediakind typedesource typedemedia نوعالمصدر'],
  country: ['countrycode country codepays pays pais nchi البلد الدولة بلد'],
  admin1: ['admin1 iso31662'],
  placeName: ['placename place location city town region province ville lieu localite المكان المدينة الموقع المنطقة'],
  speaker: ['speakerclass speaker'],
  followers: ['followers followercount followerscount abonnes المتابعون المتابعين'],
  views: ['views viewcount viewscount vues impressions المشاهدات'],
  shares: ['shares sharecount sharescount retweets reposts partages المشاركات'],
};

const known: Record<UploadColumn, string[]> = Object.fromEntries(
  uploadColumns.map((column) => [column, names[column].join(' ').split(' ').map(fold)]),
) as Record<UploadColumn, string[]>;

/** A column's name without case, accents, blanks and punctuation. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Which of these columns are ours: those of `explicit` as they are, the others by their usual names in English, French,
 * Arabic and a few more. No column of the file is taken twice by itself.
 */
export function recognise(columns: readonly string[], explicit: Mapping): Mapping {
  const mapping: Mapping = Object.fromEntries(Object.entries(explicit).filter(([, column]) => column !== ''));
  const taken = new Set(Object.values(mapping));
  const folded = new Map<string, string>();
  for (const column of columns) {
    const name = fold(column);
    if (!taken.has(column) && !folded.has(name)) folded.set(name, column);
  }
  for (const ours of uploadColumns) {
    if (explicit[ours] !== undefined) continue;
    const found = known[ours].find((name) => folded.has(name));
    const column = found === undefined ? undefined : folded.get(found);
    if (found === undefined || column === undefined) continue;
    mapping[ours] = column;
    folded.delete(found);
  }
  return mapping;
}
