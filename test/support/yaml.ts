export type Yaml = string | null | Yaml[] | { [key: string]: Yaml };

interface Line {
  number: number;
  indent: number;
  text: string;
}

/**
 * Reads the plain part of YAML that our files keep to: maps, lists of scalars, scalars bare or in double quotes, comments. Anything
 * else (tabs, anchors, flow collections, folded text, a key twice) is an error that names its line.
 */
export function readYaml(text: string): Yaml {
  const lines: Line[] = text.split('\n').flatMap((raw, at) => {
    const bare = raw.trimEnd();
    if (/^\s*(#|$)/.test(bare)) return [];
    if (bare.includes('\t')) throw new Error(`line ${at + 1}: a tab`);
    return [{ number: at + 1, indent: bare.length - bare.trimStart().length, text: bare.trim() }];
  });
  let at = 0;

  const block = (indent: number): Yaml => {
    const first = lines[at];
    if (!first || first.indent < indent) return null;
    return first.text.startsWith('- ') ? list(first.indent) : map(first.indent);
  };
  const list = (indent: number): Yaml[] => {
    const items: Yaml[] = [];
    for (let line = lines[at]; line?.indent === indent; line = lines[at]) {
      if (!line.text.startsWith('- ')) throw new Error(`line ${line.number}: expected another "- "`);
      items.push(scalar(line, line.text.slice(2).trim()));
      at++;
    }
    return items;
  };
  const map = (indent: number): Yaml => {
    const found: Record<string, Yaml> = {};
    for (let line = lines[at]; line && line.indent >= indent; line = lines[at]) {
      const [, key, value = ''] = /^([\w.-]+):(?: (.+))?$/.exec(line.text) ?? [];
      if (line.indent !== indent || key === undefined)
        throw new Error(`line ${line.number}: expected "key:" at column ${indent}`);
      if (key in found) throw new Error(`line ${line.number}: ${key} a second time`);
      at++;
      found[key] = value === '' ? block(indent + 1) : scalar(line, value);
    }
    return found;
  };
  const whole = block(0);
  if (at < lines.length) throw new Error(`line ${lines[at]?.number}: it belongs to nothing`);
  return whole;
}

function scalar({ number }: Line, text: string): string {
  if (text.startsWith('"')) {
    const inner = /^"([^"\\]*)"$/.exec(text)?.[1];
    if (inner === undefined) throw new Error(`line ${number}: a quote that does not end`);
    return inner;
  }
  if (/^['&*!|>{[%@`]|: | #|:$/.test(text)) throw new Error(`line ${number}: this has to be in double quotes`);
  return text;
}
