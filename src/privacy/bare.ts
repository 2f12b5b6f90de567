import type { Post } from '../contract/post.js';

/**
 * A post without words and without anybody in it: what counts and filters need, and no more. Where the engine or a reviewer
 * may have quoted, the quotation goes too.
 */
export function bare(post: Post): Post {
  const { id, version, workspace, receivedAt, via, by, status, source, place, language, assessment, review, erased } =
    post;
  return {
    id,
    version,
    text: '',
    workspace,
    receivedAt,
    via,
    status,
    ...(by !== undefined && { by }),
    ...(source !== undefined && { source }),
    ...(place !== undefined && { place: { ...place, name: undefined } }),
    ...(language !== undefined && { language }),
    ...(assessment !== undefined && { assessment: bareAssessment(assessment) }),
    ...(review !== undefined && {
      review: { ...review, history: review.history.map(({ note: _note, ...decision }) => decision) },
    }),
    ...(erased !== undefined && { erased }),
  };
}

function bareAssessment(assessment: NonNullable<Post['assessment']>): NonNullable<Post['assessment']> {
  const { rabat, priority } = assessment;
  const grade = <T extends { grade: unknown; reason: string }>(factor: T): T => ({ ...factor, reason: '' });
  return {
    ...assessment,
    findings: [],
    explanation: [],
    rabat: {
      context: grade(rabat.context),
      speaker: grade(rabat.speaker),
      intent: grade(rabat.intent),
      content: grade(rabat.content),
      extent: grade(rabat.extent),
      likelihood: grade(rabat.likelihood),
    },
    priority: { ...priority, parts: priority.parts.map((part) => ({ ...part, reason: '' })) },
  };
}
