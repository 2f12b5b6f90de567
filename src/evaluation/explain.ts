import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import type { ArgsDef, CommandDef } from 'citty';
import { AppError } from '../base/errors.js';
import { explainTrace } from './explain-text.js';
import type { Paint, Tone } from './explain-words.js';
import type { CommandDeps } from './open.js';

const argsDef = {
  text: { type: 'positional', description: 'The text', required: true },
  country: { type: 'string', description: 'ISO 3166-1 alpha-3 of the place, such as KEN', valueHint: 'country' },
  parent: { type: 'string', description: 'Text of the post that this one answers', valueHint: 'text' },
  language: { type: 'string', description: 'ISO 639-3, a hint of the language', valueHint: 'language' },
  json: { type: 'boolean', description: 'Print the trace as JSON' },
} as const satisfies ArgsDef;

/** `tocsin explain`: tells what every stage of the engine makes of one text. */
export function createExplainCommand({
  open,
  print,
  paint,
}: Pick<CommandDeps, 'open' | 'print'> & { paint: Paint }): CommandDef<typeof argsDef> {
  return defineCommand({
    meta: { name: 'explain', description: 'Tell what every stage of the engine makes of a text' },
    args: argsDef,
    async run({ args }) {
      const { country, parent, language } = args;
      if (args._.length > 1) throw wrong('the text', 'one text; put it in quotation marks');
      if (country !== undefined && !/^[A-Z]{3}$/.test(country))
        throw wrong('--country', 'three capital letters, such as "KEN"');
      if (language !== undefined && !/^[a-z]{3}$/.test(language))
        throw wrong('--language', 'three small letters, such as "swa"');
      const { engine, compiled } = await open();
      const trace = engine.trace(args.text, { country, parent, language });
      await print(args.json ? `${JSON.stringify(trace, null, 1)}\n` : explainTrace(trace, compiled, paint));
    },
  });
}

const wrong = (field: string, expected: string) =>
  new AppError('invalid_input', { detail: `${field}: expected ${expected}`, fields: [{ field, expected }] });

const styles = { title: 'bold', soft: 'dim', bad: 'red', warn: 'yellow', good: 'green' } as const satisfies Record<
  Tone,
  Parameters<typeof styleText>[0]
>;

/** Colours on a terminal that shows them and where NO_COLOR does not forbid it; a pipe or a file gets plain text. */
export function paintFor(stream: NodeJS.WritableStream & { isTTY?: boolean }): Paint {
  // Where no terminal is, not even FORCE_COLOR may put escapes into a file.
  return stream.isTTY ? (tone, text) => styleText(styles[tone], text, { stream }) : (_, text) => text;
}
