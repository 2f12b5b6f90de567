const group = /\(([^()]*\|[^()]*)\)/;

/** Forms one written line may stand for; more than that is a slip of the pen. */
export const mostAlternatives = 20_000;

/** How many forms `alternatives` makes of it. */
export const countAlternatives = (form: string): number =>
  [...form.matchAll(new RegExp(group, 'g'))].reduce((count, [, choices]) => count * choices!.split('|').length, 1);

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
