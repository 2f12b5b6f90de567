import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import { AppError } from '../base/errors.js';
import { explainTrace } from './explain-text.js';
import type { Paint, Tone } from './explain-words.js';
import { folderArgs, openEngine } from './open.js';

export const explainCommand = defineCommand({
  meta: { name: 'explain', description: 'Tell what every stage of the engine makes of a text' },
  args: {
    text: { type: 'positional', description: 'The text', required: true },
    country: { type: 'string', description: 'ISO 3166-1 alpha-3 of the place, such as KEN', valueHint: 'country' },
    parent: { type: 'string', description: 'Text of the post that this one answers', valueHint: 'text' },
    language: { type: 'string', description: 'ISO 639-3, a hint of the language', valueHint: 'language' },
    json: { type: 'boolean', description: 'Print the trace as JSON' },
    ...folderArgs,
  },
  async run({ args }) {
    if (args._.length > 1) throw wrong('text', 'one text; put it in quotation marks');
    if (args.country !== undefined && !/^[A-Z]{3}$/.test(args.country))
      throw wrong('--country', 'three capital letters, such as "KEN"');
    if (args.language !== undefined && !/^[a-z]{3}$/.test(args.language))
      throw wrong('--language', 'three small letters, such as "swa"');
    const { engine, compiled } = await openEngine({ lexicons: args.lexicons, data: args.data });
    const trace = engine.trace(args.text, { country: args.country, parent: args.parent, language: args.language });
    process.stdout.write(
      args.json ? `${JSON.stringify(trace, null, 1)}\n` : explainTrace(trace, compiled, paintFor(process.stdout)),
    );
  },
});

const wrong = (field: string, expected: string) =>
  new AppError('invalid_input', { detail: `${field}: expected ${expected}`, fields: [{ field, expected }] });

const styles = { title: 'bold', soft: 'dim', bad: 'red', warn: 'yellow', good: 'green' } as const satisfies Record<
  Tone,
  Parameters<typeof styleText>[0]
>;

/** Colours on a terminal that shows them and where NO_COLOR does not forbid it; a pipe or a file gets plain text. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  // Where no terminal is, not even FORCE_COLOR may put escapes into a file.
  return stream.isTTY ? (tone, text) => styleText(styles[tone], text, { stream }) : (_, text) => text;
}
