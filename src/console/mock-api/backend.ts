import { keyInput } from '../../contract/account.js';
import type { ApiKeyView, Role, SessionView } from '../../contract/account.js';
import { auditQuery } from '../../contract/audit.js';
import { classifyInput } from '../../contract/assessment.js';
import { postQuery } from '../../contract/post.js';
import type { Post } from '../../contract/post.js';
import { decisionInput } from '../../contract/review.js';
import type { DecisionInput } from '../../contract/review.js';
import type { Change } from '../../contract/stream.js';
import type { Upload } from '../../contract/upload.js';
import { arrivals } from './arrivals.js';
import { auditPageOf, auditStateOf, inventAudit } from './audit.js';
import type { MockAudit } from './audit.js';
import { classify } from './classify.js';
import { invent } from './invent.js';
import type { Sketch } from './sketch.js';
import { counts, page } from './posts.js';
import { problem } from './problem.js';
import type { Answer } from './problem.js';
import { latin } from './sketches-latin.js';
import { scripts } from './sketches-scripts.js';
import { coverage, packs } from './packs.js';
import { taxonomy } from './taxonomy.js';
import { readMultipart, take } from './upload.js';
import type { Sent } from './upload.js';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Buffer;
  contentType: string;
  /** Session token of the cookie. */
  session?: string | undefined;
}

type User = SessionView['user'];
type Handler = (request: Request, user: User, id: string) => Answer;

const person = (id: string, name: string, role: Role): User => ({ id, name, email: `${id}@example.org`, role });

/**
 * The service's HTTP surface and stream over invented posts, in memory: what the console is developed and tested against.
 * Any password of eight characters or more signs in `amina@example.org` (moderator), `admin@example.org` or `ana@example.org` (analyst).
 */
export class Backend {
  readonly users = [
    person('amina', 'Amina', 'moderator'),
    person('admin', 'Admin', 'admin'),
    person('ana', 'Ana', 'analyst'),
  ];
  readonly posts = new Map<string, Post>();
  readonly keys: ApiKeyView[] = [];
  readonly uploads: Upload[] = [];
  /** The audit chain, oldest first; set `broken` to what a walk over it finds wrong. */
  readonly audit: MockAudit;
  /** Uploads as they came over the wire. */
  readonly sent: Sent[] = [];
  readonly changes: Change[] = [];
  readonly sessions = new Map<string, User>();
  readonly #listeners = new Set<(batch: Change[]) => void>();
  readonly #now: () => number;
  #count = 0;
  #demo = true;

  constructor(now: () => number) {
    this.#now = now;
    for (const sketch of [...latin, ...scripts]) this.#keep(sketch);
    this.audit = inventAudit(now(), [...this.posts.keys()]);
  }

  get cursor(): number {
    return this.changes.length;
  }

  /** Calls back with every change from now on. Returns the unsubscriber. */
  onChange(listener: (batch: Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A new flagged post comes in, from the list of arrivals or as told. */
  arrive(sketch: Sketch = arrivals[this.#count % arrivals.length]!): Post {
    const post = this.#keep(sketch);
    this.#publish({ kind: 'flagged', post });
    return post;
  }

  /** Erases the content of a post, as the command line or the retention rules do. */
  erase(postId: string, cause: 'retention' | 'request', reason: string): Post {
    const post = { ...this.posts.get(postId)!, text: '' };
    delete post.parent;
    const { assessment } = post;
    post.version += 1;
    post.erased = { at: this.#at(), by: 'cli', cause, reason };
    if (assessment) post.assessment = { ...assessment, findings: [], explanation: [] };
    this.posts.set(postId, post);
    this.#publish({ kind: 'reviewed', post });
    return post;
  }

  /** Another person decides, as seen from everywhere else. */
  decideAs(name: string, postId: string, input: Omit<DecisionInput, 'expectedVersion'>): Post {
    return this.#decide(this.posts.get(postId)!, input, person(name.toLowerCase(), name, 'moderator'));
  }

  /** Opens a session without a password. Returns its token. */
  signIn(userId: string): string {
    const token = `session-${++this.#count}`;
    this.sessions.set(
      token,
      this.users.find((user) => user.id === userId)!,
    );
    return token;
  }

  /** Answers one request of `/v1` or `/api/auth`. */
  handle(request: Request): Answer {
    const { method, path } = request;
    const open = this.#auth(request);
    if (open) return open;
    const user = request.session ? this.sessions.get(request.session) : undefined;
    if (!user) return problem('unauthenticated');
    const id = /^\/v1\/(?:posts|keys|uploads)\/([^/]+)/u.exec(path)?.[1] ?? '';
    const handler = this.#routes[`${method} ${path}`] ?? this.#routes[`${method} ${path.replace(`/${id}`, '/:id')}`];
    return handler ? handler(request, user, id) : problem('not_found');
  }

  readonly #routes: Record<string, Handler> = {
    'GET /v1/session': (_, user) => ({ status: 200, body: { user } satisfies SessionView }),
    'PUT /v1/session/password': ({ body }) => {
      const { current, next } = json(body) as { current?: string; next?: string };
      if ((next ?? '').length < 12)
        return problem('invalid_input', undefined, { fields: [{ field: 'next', expected: 'at least 12 characters' }] });
      const wrong = current === undefined || current === 'wrong-password';
      return wrong
        ? problem('invalid_input', undefined, { fields: [{ field: 'current', expected: 'the present password' }] })
        : { status: 204 };
    },
    'GET /v1/taxonomy': () => ({ status: 200, body: taxonomy }),
    'GET /v1/packs': () => ({ status: 200, body: packs }),
    'GET /v1/packs/coverage': ({ query }) => {
      const country = query.get('country') ?? '';
      const groups = coverage[country];
      return groups ? { status: 200, body: { country, groups } } : problem('not_found');
    },
    'GET /v1/stream/cursor': () => ({ status: 200, body: { cursor: this.cursor } }),
    'GET /v1/posts': ({ query }) => {
      const read = postQuery.safeParse(Object.fromEntries(query));
      return read.success
        ? { status: 200, body: page(this.posts.values(), read.data) }
        : this.#invalid(read.error.issues);
    },
    'GET /v1/posts/counts': ({ query }) => ({
      status: 200,
      body: counts(this.posts.values(), query.get('workspace') ?? undefined),
    }),
    'GET /v1/posts/:id': (_, __, id) =>
      this.posts.has(id) ? { status: 200, body: this.posts.get(id) } : problem('not_found'),
    'POST /v1/posts/:id/decision': ({ body }, user, id) => {
      const read = decisionInput.safeParse(json(body));
      const post = this.posts.get(id);
      if (!read.success) return this.#invalid(read.error.issues);
      if (!post) return problem('not_found');
      if (user.role === 'analyst') return problem('forbidden');
      if (post.version !== read.data.expectedVersion)
        return problem('version_conflict', `post is at version ${post.version}, not ${read.data.expectedVersion}`, {
          expected: read.data.expectedVersion,
          actual: post.version,
          post,
        });
      return { status: 200, body: this.#decide(post, read.data, user) };
    },
    'POST /v1/classify': ({ body }) => {
      const read = classifyInput.safeParse(json(body));
      return read.success
        ? { status: 200, body: classify(read.data, [...latin, ...scripts]) }
        : this.#invalid(read.error.issues);
    },
    'GET /v1/uploads': () => ({ status: 200, body: this.uploads.toReversed() }),
    'GET /v1/uploads/:id': (_, __, id) => ({ status: 200, body: this.uploads.find((upload) => upload.id === id) }),
    'POST /v1/uploads': ({ body, contentType }, user) => {
      const sent = readMultipart(body, contentType);
      this.sent.push(sent);
      const upload = take(sent, this.#id(), this.#at(), user);
      this.uploads.push(upload);
      return { status: 201, body: upload };
    },
    'GET /v1/keys': (_, user) =>
      user.role === 'admin' ? { status: 200, body: this.keys.toReversed() } : problem('forbidden'),
    'POST /v1/keys': ({ body }, user) => {
      const read = keyInput.safeParse(json(body));
      if (user.role !== 'admin') return problem('forbidden');
      if (!read.success) return this.#invalid(read.error.issues);
      const id = this.#id();
      const secret = `tsn_${id.toLowerCase()}_invented_secret`;
      const key: ApiKeyView = {
        id,
        ...read.data,
        prefix: secret.slice(0, 8),
        createdAt: this.#at(),
        createdBy: user.id,
      };
      this.keys.push(key);
      return { status: 201, body: { key, secret } };
    },
    'DELETE /v1/keys/:id': (_, __, id) => {
      const key = this.keys.find((candidate) => candidate.id === id);
      if (key) key.revokedAt = this.#at();
      return key ? { status: 200, body: key } : problem('not_found');
    },
    'GET /v1/audit': ({ query }, user) => {
      const read = auditQuery.safeParse(Object.fromEntries(query));
      if (user.role !== 'admin') return problem('forbidden');
      return read.success
        ? { status: 200, body: auditPageOf(this.audit, read.data, this.users) }
        : this.#invalid(read.error.issues);
    },
    'GET /v1/audit/state': (_, user) =>
      user.role === 'admin' ? { status: 200, body: auditStateOf(this.audit, this.#at()) } : problem('forbidden'),
    'GET /v1/demo': () => ({
      status: 200,
      body: { active: this.#demo, posted: [...this.posts.values()].filter((post) => post.workspace === 'demo').length },
    }),
    'DELETE /v1/demo': (_, user) => {
      if (user.role !== 'admin') return problem('forbidden');
      const gone = [...this.posts.values()].filter((post) => post.workspace === 'demo');
      for (const post of gone) this.posts.delete(post.id);
      this.#demo = false;
      this.#publish({ kind: 'demo_removed' });
      return { status: 200, body: { removed: gone.length } };
    },
  };

  #auth({ method, path, query, body, session }: Request): Answer | undefined {
    if (method === 'POST' && path === '/api/auth/sign-in/email') {
      const { email, password } = json(body) as { email?: string; password?: string };
      const user = this.users.find((candidate) => candidate.email === email);
      if (!user || (password ?? '').length < 8)
        return { status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' } };
      const token = this.signIn(user.id);
      return { status: 200, body: { redirect: false, token, user }, headers: cookie(token) };
    }
    if (path === '/api/auth/magic-link/verify') {
      const back = query.get('callbackURL') ?? '/';
      if (query.get('token') !== 'good')
        return { status: 302, headers: { location: `${query.get('errorCallbackURL') ?? back}?error=EXPIRED_TOKEN` } };
      return { status: 302, headers: { location: back, ...cookie(this.signIn('admin')) } };
    }
    if (path === '/api/auth/sign-out') {
      if (session) this.sessions.delete(session);
      return { status: 200, body: { success: true }, headers: cookie('') };
    }
    return undefined;
  }

  #decide(post: Post, input: Omit<DecisionInput, 'expectedVersion'>, user: User): Post {
    const { decision, level, note } = input;
    const status = ({ confirm: 'confirmed', not_hate: 'not_hate', escalate: 'escalated', reopen: 'open' } as const)[
      decision
    ];
    const record = {
      decision,
      ...(level && { level }),
      ...(note && { note }),
      by: user.id,
      byName: user.name,
      at: this.#at(),
    };
    const next: Post = {
      ...post,
      version: post.version + 1,
      status,
      review: { history: [...(post.review?.history ?? []), record], ...(level && { level }) },
    };
    this.posts.set(post.id, next);
    this.#publish({ kind: 'reviewed', post: next });
    return next;
  }

  #keep(sketch: Sketch): Post {
    const post = invent(sketch, this.#id(), this.#now());
    const decided = { confirmed: 'confirm', not_hate: 'not_hate', escalated: 'escalate' } as const;
    const decision = decided[post.status as keyof typeof decided];
    const level = decision === 'confirm' ? ('intermediate' as const) : undefined;
    if (decision)
      post.review = {
        history: [
          {
            decision,
            ...(level && { level }),
            by: 'joseph',
            byName: 'Joseph',
            at: this.#at(),
            note: 'Checked with the regional desk.',
          },
        ],
        ...(level && { level }),
      };
    this.posts.set(post.id, post);
    return post;
  }

  #publish(change: Omit<Change, 'cursor'>): void {
    const full: Change = { cursor: this.changes.length + 1, ...change };
    this.changes.push(full);
    for (const listener of this.#listeners) listener([full]);
  }

  #invalid(issues: readonly { path: PropertyKey[]; message: string }[]): Answer {
    return problem('invalid_input', undefined, {
      fields: issues.map((issue) => ({ field: issue.path.join('.'), expected: issue.message })),
    });
  }

  #id(): string {
    return `01MOCK${String(++this.#count).padStart(20, '0')}`;
  }

  #at(): string {
    return new Date(this.#now()).toISOString();
  }
}

const cookie = (token: string) => ({ 'set-cookie': `tocsin.session=${token}; Path=/; HttpOnly; SameSite=Lax` });

const json = (body: Buffer): unknown => (body.length > 0 ? JSON.parse(body.toString('utf8')) : {});
