import type { Join, Row } from '../engine/index.js';
import { countAlternatives, group } from './alternatives.js';

/**
 * From so many forms on a line is kept as the choices it is made of. Short forms are kept so only when there are very many: of forms written out the
 * engine also reads what is written without spaces. Where nobody writes any (`dense`), nothing is lost.
 */
const worthwhile = { long: 12, dense: 24, short: 150 };
/** Words of a long form, one a choice at the least. */
const wordsOfLong = 4;
/** Choices written together are written out up to so many: of scripts without spaces, of others. */
const together = { dense: 128, word: 2_000 };
const most = { rows: 64, places: 16 };

/**
 * The choices of a form, place by place, without writing them out: "should be (kept|shut) out" is "should be", "kept" or "shut", "out". One row for each way
 * to leave out an empty choice; a row of one place is better written out. `undefined` where all of it is: with few forms, with a gap ("…"), or where too many
 * choices are parts of one word.
 */
export function choices(written: string): Row[] | undefined {
  const count = countAlternatives(written);
  if (written.includes('…') || count < worthwhile.long) return undefined;
  const places = placesOf(written);
  if (!places) return undefined;
  const rows = rowsOf(merged(places, together.dense));
  if (!rows) return undefined;
  const split = rows.map((row) => wordByWord(row));
  if (split.some((row) => row === undefined || row.slots.length > most.places)) return undefined;
  const whole = split as Row[];
  const words = Math.min(...whole.map(wordsIn));
  const dense = whole.some(({ joins }) => joins.some((join) => join !== 'apart'));
  if (words < wordsOfLong && count < (dense ? worthwhile.dense : worthwhile.short)) return undefined;
  return whole.every(({ slots }) => slots.length < 2) ? undefined : whole;
}

const wordsIn = ({ slots }: Row): number =>
  slots.reduce((sum, some) => sum + Math.min(...some.map((one) => one.split(' ').length)), 0);

const startsApart = (choice: string): boolean => choice === '' || choice.startsWith(' ');
const endsApart = (choice: string): boolean => choice === '' || choice.endsWith(' ');

/** The choices of a form and the words between them, an empty choice left empty; `undefined` where brackets are brackets. */
function placesOf(written: string): Row | undefined {
  const row: Row = { slots: [], joins: [] };
  let join = 'apart' as Join;
  const add = (some: readonly string[], left: boolean, right: boolean) => {
    if (left) join = 'apart';
    row.slots.push([...new Set(some.map((one) => one.replaceAll(/ {2,}/g, ' ')))]);
    row.joins.push(join);
    join = right ? 'apart' : 'glued';
  };
  let rest = written.trim();
  while (rest !== '') {
    const found = group.exec(rest);
    const before = found ? rest.slice(0, found.index) : rest;
    if (before.includes('(') || before.includes(')')) return undefined;
    if (before.trim() !== '') add([before.trim()], before.startsWith(' '), before.endsWith(' '));
    else if (before !== '') join = 'apart';
    if (!found) break;
    rest = rest.slice(found.index + found[0].length);
    const some = found[1]!.split('|');
    // "(| )": with a space or without.
    if (some.every((one) => one.trim() === '')) {
      if (join === 'glued' && some.includes(' ')) join = some.includes('') ? 'either' : 'apart';
      continue;
    }
    // The space may stand inside of every choice: "(really |just |)dirty", "dirty(| dogs| pigs)".
    const left = some.every(startsApart);
    const right = some.every(endsApart);
    const held = some.map((one) => {
      const from = left ? one.trimStart() : one;
      return right ? from.trimEnd() : from;
    });
    const full = held.some((one) => one !== '');
    add(held, left && full && row.slots.length > 0, right && full);
  }
  return row.slots.length > 0 ? row : undefined;
}

/** Neighbours written together become one place as long as that makes no more than so many choices. */
function merged({ slots, joins }: Row, upTo: number): Row {
  const row: Row = { slots: [], joins: [] };
  slots.forEach((some, i) => {
    const last = row.slots.at(-1);
    if (last && joins[i] === 'glued' && last.length * some.length <= upTo)
      row.slots[row.slots.length - 1] = [...new Set(last.flatMap((head) => some.map((one) => head + one)))];
    else {
      row.slots.push(some);
      row.joins.push(joins[i]!);
    }
  });
  return row;
}

/** What stands between two places when the one between them is left out. */
const across = (before: Join, after: Join): Join =>
  before === 'apart' || after === 'apart' ? 'apart' : before === 'either' || after === 'either' ? 'either' : 'glued';

/** A row for each way to leave empty choices out. */
function rowsOf({ slots, joins }: Row): Row[] | undefined {
  let rows: { row: Row; left?: Join | undefined }[] = [{ row: { slots: [], joins: [] } }];
  for (const [i, some] of slots.entries()) {
    const full = some.map((one) => one.trim()).filter((one) => one !== '');
    rows = rows.flatMap(({ row, left }) => {
      const join = left === undefined ? joins[i]! : across(left, joins[i]!);
      const taken = { row: { slots: [...row.slots, full], joins: [...row.joins, join] } };
      if (full.length === 0) return [{ row, left: join }];
      return full.length < some.length ? [{ row, left: join }, taken] : [taken];
    });
    if (rows.length > most.rows) return undefined;
  }
  return rows.map(({ row }) => row).filter(({ slots: some }) => some.length > 0);
}

const dense = String.raw`\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uaa60-\uaa7f\uf900-\ufaff`;
const endsDense = new RegExp(`[${dense}]$`, 'u');
const beginsDense = new RegExp(`^(?!\\p{M})[${dense}]`, 'u');

/** Places written together stay apart only in a script without spaces: of others a place is made of whole words. `undefined` where that is too many. */
function wordByWord({ slots, joins }: Row): Row | undefined {
  const row: Row = { slots: [], joins: [] };
  for (const [i, some] of slots.entries()) {
    const last = row.slots.at(-1);
    const join = joins[i]!;
    if (
      !last ||
      join === 'apart' ||
      (last.every((one) => endsDense.test(one)) && some.every((one) => beginsDense.test(one)))
    ) {
      row.slots.push(some);
      row.joins.push(join);
      continue;
    }
    const gaps = join === 'either' ? ['', ' '] : [''];
    if (last.length * some.length * gaps.length > together.word) return undefined;
    row.slots[row.slots.length - 1] = last.flatMap((head) =>
      gaps.flatMap((between) => some.map((one) => head + between + one)),
    );
  }
  return row;
}
