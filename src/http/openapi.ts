import { z } from 'zod';
import { problem } from '../contract/answers.js';
import type { Access, Route } from './route.js';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of these routes. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin',
      version,
      description:
        'Hate-speech and incitement monitoring: machines propose with reasons, people decide. Errors are application/problem+json (RFC 9457). The live stream speaks Socket.IO at /socket.io.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key; the header x-api-key does as well' },
        session: { type: 'apiKey', in: 'cookie', name: 'tocsin.session_token', description: 'A person who signed in' },
      },
    },
  };
}

function operation(route: Route): Json {
  const bodies = route.body ? { 'application/json': route.body } : route.accepts;
  const content =
    bodies &&
    Object.fromEntries(Object.entries(bodies).map(([type, schema]) => [type, { schema: jsonSchema(schema, 'input') }]));
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'service'],
    ...(route.access === 'public' ? { security: [] } : { security: security(route.access) }),
    parameters: [
      ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...parameters(route.query, 'query'),
      ...parameters(route.headers, 'header'),
    ],
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, { about, schema }]) => [
          status,
          {
            description: about,
            ...(schema ? { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } } : {}),
          },
        ]),
      ),
      default: {
        description: 'Anything else: a problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const security = (access: Access) =>
  access === 'session' || access === 'admin' ? [{ session: [] }] : [{ key: [] }, { session: [] }];

/** `GET /v1/posts/{id}` becomes `getPostsById`. */
function operationId({ method, path }: Route): string {
  const words = path.split('/').filter((part) => part !== '' && part !== 'v1');
  const named = words.map((word) =>
    word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : word.split(/\W/).map(capital).join(''),
  );
  return method + named.join('');
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function parameters(schema: z.ZodType | undefined, where: 'query' | 'header'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: of,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return rest;
}
