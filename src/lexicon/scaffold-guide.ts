/** The README.md of a new pack: what goes where, with lines to copy. `name`: the language's in English. */
export function guideOf(name: string, lang: string): string {
  const line = (value: object) => JSON.stringify(value);
  return `# ${name}: a pack that has just begun

\`lexicons/README.md\` explains every field. This page says where to begin; delete what is done. After every step:
\`npx tocsin packs check\` says what is wrong, by file, line and field. Lines below are patterns: put words of ${name} into the place of WORD.

1. **\`pack.json\`**: correct the grammar (order, where an adjective stands, how negation and commands are made), the scripts, the countries. Add
   \`"affixes"\` if words take letters at their ends.
2. **\`cues.jsonl\`**, the words that make sentences. Negation, copula, pronouns, "should", "all" and quotation first: without them a denial is read as a
   claim. Then the verbs of violence and expulsion, insults, praise, condemnation, and people or things that may be criticised freely.

   \`\`\`json
   ${line({ id: `${lang}-c-001`, class: 'negation', sub: 'before', forms: ['WORD'] })}
   ${line({ id: `${lang}-c-002`, class: 'pronoun', sub: 'they', forms: ['WORD'] })}
   ${line({
     id: `${lang}-c-003`,
     class: 'violence_predicate',
     sub: 'kill',
     intensity: 3,
     forms: [
       { t: 'WORD', f: ['base'] },
       { t: 'WORDS', f: ['past'] },
     ],
   })}
   \`\`\`
3. **\`groups.jsonl\`**, names of peoples, religions and others that may be attacked, the speakers' own people too. Every side of a conflict alike. Ids are in
   \`data/taxonomy/groups.jsonl\`. \`"ambiguous": true\` for a name with an everyday sense.

   \`\`\`json
   ${line({ id: `${lang}-g-001`, group: 'X.mig.refugee', kind: 'neutral', forms: ['WORD', { t: 'WORDS', f: ['plural'] }] })}
   \`\`\`
4. **\`terms.jsonl\`**, words with a history: slurs, coded words, dehumanising names. Only what you have read in a source, and the source in
   \`lexicons/_shared/sources.jsonl\`; two sources from severity 4 on; \`"standalone": true\` only when no sentence makes the word harmless.

   \`\`\`json
   ${line({
     id: `${lang}-t-001`,
     term: 'WORD',
     class: 'slur',
     forms: ['WORD'],
     targets: ['X.mig.refugee'],
     category: 'T22',
     severity: 3,
     severityBasis: 'who found so',
     standalone: false,
     ambiguity: 'medium',
     meaning: 'what it says',
     why: 'why it inflames, in your own words',
     benignSenses: ['its harmless senses'],
     advice: 'what a reviewer should look for',
     sources: [{ id: 'an-id-of-the-register', claim: 'what the source says of it' }],
     status: 'draft',
   })}
   \`\`\`
5. **\`test/conformance/${lang}.jsonl\`**: invented sentences as people type them, with the verdict each must get; at least four in ten harmless.
   News, quotation, denial, counter-speech and insults of things are the ones a word list gets wrong.

   \`\`\`json
   ${line({ id: `${lang}-002`, capability: 'threat', text: 'SENTENCE', flagged: true, groups: ['X.mig.refugee'] })}
   ${line({ id: `${lang}-003`, capability: 'news', text: 'SENTENCE', flagged: false })}
   \`\`\`
6. **\`frequent.json\`** (optional): the fifty to a thousand commonest words, as a JSON list, by which ${name} is told from its neighbours.
7. \`npx tocsin packs diff\` shows which verdicts your change flips; \`npx tocsin packs coverage COUNTRY\` shows which groups are still without a term.
`;
}
