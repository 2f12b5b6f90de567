import type { Post } from '../../contract/post.js';
import { assess } from './assess.js';
import { readMarks } from './sketch.js';
import type { Sketch } from './sketch.js';

/** Makes a post with a whole assessment of a sketch. The same sketch, id and time give the same post. */
export function invent(sketch: Sketch, id: string, now: number): Post {
  const { text, marks } = readMarks(sketch.text);
  const assessment = assess(sketch, text, marks);
  const { country, place: name } = sketch;
  return {
    id,
    text,
    version: 2,
    workspace: sketch.workspace ?? 'demo',
    receivedAt: new Date(now - sketch.minutesAgo * 60_000).toISOString(),
    publishedAt: new Date(now - (sketch.minutesAgo + 7) * 60_000).toISOString(),
    author: `p_${id.slice(-6).toLowerCase()}`,
    via: sketch.workspace === 'main' ? 'api' : 'demo',
    source: { name: sketch.source[0], kind: sketch.source[1] },
    status: sketch.status ?? (assessment.flagged ? 'open' : 'unflagged'),
    assessment,
    ...((country || name) && { place: { ...(country && { country }), ...(name && { name }) } }),
    ...(sketch.speaker && { speaker: sketch.speaker }),
    ...(sketch.reach && { reach: sketch.reach }),
    ...(sketch.parent && { parent: { text: sketch.parent } }),
  };
}
