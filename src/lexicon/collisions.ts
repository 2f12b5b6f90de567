import type { CueClass, Entry } from '../engine/index.js';
import { createFormFolder } from '../engine/forms.js';
import type { Problem } from './jsonl.js';
import type { ReadPack } from './read-pack.js';

/**
 * Classes whose words by themselves attack nobody. A term that flags by itself must not be spelt like one of them: the ordinary sentence would ring
 * the alarm. Attacks that share a word (an insult that another pack lists as a slur) do no harm to anybody.
 */
const harmless: ReadonlySet<CueClass> = new Set<CueClass>([
  'group_term',
  'group_noun',
  'negation',
  'modality',
  'pronoun',
  'quotation',
  'reporting',
  'condemnation',
  'counter_speech',
  'question',
  'hypothetical',
  'opinion',
  'object_noun',
  'nonprotected_noun',
  'individual_noun',
  'function_noun',
  'praise',
  'quantifier',
  'comparison',
  'copula',
  'conjunction',
]);

interface Use {
  pack: ReadPack;
  entry: Entry;
  form: string;
}

const placeOf = ({ pack, entry }: Use) => pack.where.get(entry.id)!;
const nameOf = (use: Use) => {
  const { file, line } = placeOf(use);
  return `${use.entry.id} (${file}:${line}, ${use.entry.class})`;
};

/**
 * Forms that read the same once the engine has folded them: case, accents, letter variants, repeated letters.
 *
 * `problems`: a form that folds to nothing; a form that two entries of one pack and class share. `notes`: a term that flags by itself and is spelt like
 * a harmless word of its own pack or of another: the language of the text and the words around it decide, and a person should look. Both are named.
 */
export function collisionsOf(read: readonly ReadPack[]): { problems: Problem[]; notes: Problem[] } {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const foldForm = createFormFolder();
  const alone = new Map<string, Use[]>();
  const ordinary = new Map<string, Use[]>();
  const keep = (map: Map<string, Use[]>, folded: string, use: Use) => {
    const list = map.get(folded);
    if (!list) map.set(folded, [use]);
    else if (list.every(({ entry }) => entry !== use.entry)) list.push(use);
  };
  for (const pack of read) {
    const seen = new Map<string, Entry>();
    for (const entry of pack.pack?.entries ?? []) {
      const at = pack.where.get(entry.id)!;
      const people = entry.class === 'group_term' ? (entry.targets?.[0] ?? '') : '';
      for (const { t } of entry.forms) {
        const folded = foldForm(t);
        if (folded.length === 0) {
          problems.push({ ...at, field: 'forms', message: `a form with letters or signs that count, not "${t}"` });
          continue;
        }
        const key = `${entry.class}/${entry.sub ?? ''}/${people}/${folded}`;
        const other = seen.get(key);
        if (other && other !== entry)
          problems.push({
            ...at,
            field: 'forms',
            message: `a form of its own: "${t}" reads the same as one of ${nameOf({ pack, entry: other, form: t })}`,
          });
        seen.set(key, entry);
        if (entry.standalone) keep(alone, folded, { pack, entry, form: t });
        else if (harmless.has(entry.class)) keep(ordinary, folded, { pack, entry, form: t });
      }
    }
  }
  for (const [folded, terms] of alone)
    for (const term of terms)
      for (const word of ordinary.get(folded) ?? []) {
        notes.push({
          ...placeOf(term),
          field: 'forms',
          message: `${term.entry.id}: "${term.form}" flags by itself and reads the same as "${word.form}" of ${nameOf(word)}: should it, and is there an "exclude" or "context" that tells them apart?`,
        });
      }
  return { problems, notes };
}
