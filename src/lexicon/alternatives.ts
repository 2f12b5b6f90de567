/** Choices, with what stands between the bars. */
export const group = /\(([^()]*\|[^()]*)\)/;

/** Forms one written line may be written out to; more than that is a slip of the pen. */
export const mostAlternatives = 20_000;

/** How many forms `alternatives` makes of it. */
export function countAlternatives(form: string): number {
  let count = 1;
  for (let open = form.indexOf('('); open >= 0; open = form.indexOf('(', open + 1)) {
    let choices = 1;
    let at = open + 1;
    for (; at < form.length && form[at] !== ')' && form[at] !== '('; at++) if (form[at] === '|') choices++;
    if (form[at] === ')') count *= choices;
  }
  return count;
}

/**
 * Every form that a form with choices stands for: "(throw|kick) … (out|away)" is four. An empty choice leaves the words out: "go (back|) home". Brackets
 * without a bar are brackets.
 *
 * @throws RangeError when there are more than `mostAlternatives`
 */
export function alternatives(form: string): string[] {
  let all = [''];
  let rest = form;
  for (let found = group.exec(rest); found; found = group.exec(rest)) {
    const choices = found[1]!.split('|');
    const before = rest.slice(0, found.index);
    all = all.flatMap((head) => choices.map((choice) => head + before + choice));
    if (all.length > mostAlternatives) throw new RangeError(`at most ${mostAlternatives} forms a line`);
    rest = rest.slice(found.index + found[0].length);
  }
  return all.map((head) => (head + rest).replaceAll(/ {2,}/g, ' ').trim());
}

/**
 * The choices of a form in two parts, part by part: "(throw|kick) … (out|away)" is [["throw", "kick"], ["out", "away"]]. `undefined` for a form without
 * a gap, or where the gap is one of the choices.
 */
export function halves(form: string): [heads: string[], tails: string[]] | undefined {
  const parts = form.split('…');
  if (parts.length !== 2 || parts.some((part) => part.split('(').length !== part.split(')').length)) return undefined;
  if (parts.some((part) => /^[^(]*\)/.test(part) || countAlternatives(part) > mostAlternatives)) return undefined;
  return [alternatives(parts[0]!), alternatives(parts[1]!)];
}
