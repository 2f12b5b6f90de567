import type { Trace, TracedCue, TracedPass, TracedReading, TracedRef } from '../engine/index.js';
import { listed, none, quoted, wholePercent } from './explain-words.js';
import type { Names, Paint } from './explain-words.js';
import { columns } from './printable.js';

export function viewsOf({ canonical, evasion }: Trace, paint: Paint): string[] {
  return [
    quoted(canonical),
    ...(evasion
      ? [
          `${paint('warn', 'disguise read as')} ${quoted(evasion.text)}`,
          paint('soft', `because of ${evasion.because.join(', ')}`),
        ]
      : []),
  ];
}

export function languageOf({ language, assessment }: Trace): string[] {
  const { code, confidence, script, alternatives, active, words, detector, hint } = language;
  const packs = assessment.coverage.packs.map((pack) => `${pack.lang} (${pack.status})`);
  return [
    `${code}, ${wholePercent(confidence)} sure, script ${script}${alternatives.length > 0 ? `; else ${alternatives.map((other) => `${other.code} ${wholePercent(other.confidence)}`).join(', ')}` : ''}`,
    columns(
      [
        ['words of packs', listed(words.map((witness) => `${witness.lang} ${witness.letters} letters`))],
        [
          'detector',
          detector.length > 0
            ? listed(detector.map((guess) => `${guess.code} ${wholePercent(guess.confidence)}`))
            : 'not asked: too few letters, or the words settle it',
        ],
        ['hint', hint ?? none],
        ['grammar read by', listed(active)],
        ['covered by', assessment.coverage.covered ? listed(packs) : 'no pack: nothing can be said of this text'],
      ],
      [0, 1],
    ),
  ];
}

const classOf = ({ class: of, sub }: TracedReading) => (sub === undefined ? of : `${of}/${sub}`);

/** Readings of one class in a line: many languages share a name. */
function readingsOf(readings: readonly TracedReading[]): [string, string][] {
  const byClass = new Map<string, string[]>();
  for (const reading of readings) {
    const label = `${classOf(reading)}${reading.features.length > 0 ? ` [${reading.features.join(' ')}]` : ''}`;
    byClass.set(label, [...(byClass.get(label) ?? []), reading.entry]);
  }
  return [...byClass].map(([label, entries]) => [label, entries.join(' ')]);
}

export function cuesOf(cues: readonly TracedCue[]): string[] {
  const rows = cues.flatMap((cue) => {
    const marks = [
      `sentence ${cue.sentence + 1}`,
      ...(cue.quoted ? ['in quotes'] : []),
      ...(cue.obfuscated ? ['disguised or misspelt'] : []),
    ].join(', ');
    return readingsOf(cue.readings).map(([label, entries], i) => [
      i === 0 ? quoted(cue.text) : '',
      label,
      entries,
      i === 0 ? marks : '',
    ]);
  });
  return rows.length === 0 ? [] : [columns(rows, [0, 1, 2, 3])];
}

const whys: Record<TracedPass['why'], string> = {
  language: 'its language is not read here',
  longer: 'part of a longer expression',
};

export function passedOf(passed: readonly TracedPass[]): string[] {
  return [
    columns(
      passed.flatMap((pass) =>
        readingsOf(pass.readings).map(([label, entries]) => [quoted(pass.text), label, entries, whys[pass.why]]),
      ),
      [0, 1, 2, 3],
    ),
  ];
}

export function refsOf(refs: readonly TracedRef[], names: Names): string[] {
  const rows = refs.map((ref) => {
    const who = listed([...ref.groups.map(names.group), ...ref.functions]);
    const standsFor =
      ref.antecedent &&
      `stands for ${quoted(ref.antecedent.text)}${ref.antecedent.where === 'parent' ? ' in the post it answers' : ''}`;
    const more = [
      ref.kind,
      ...(ref.slur ? ['slur'] : []),
      ...(standsFor ? [standsFor] : []),
      ...(ref.certainty < 1 ? [`${wholePercent(ref.certainty)} sure`] : []),
    ];
    return [quoted(ref.text), who, more.join(', ')];
  });
  return rows.length === 0 ? [] : [columns(rows, [0, 1, 2])];
}
