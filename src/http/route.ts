import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { KeyScope, Principal } from '../contract/account.js';

/** Who may call: anybody, anybody known, a person with a session, an administrator with one, or whoever has a scope. */
export type Access = 'public' | 'known' | 'session' | 'admin' | { scope: KeyScope };

export interface Answer {
  /** 200 unless said otherwise. */
  status?: number;
  /** Sent as JSON; absent with 204. */
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

export interface Call<Query, Body> {
  req: Request;
  res: Response;
  /** Whoever asks; with `public` routes nobody is asked. */
  principal: Principal;
  query: Query;
  body: Body;
}

/** How one status of a route is answered, for the OpenAPI document. */
export interface Described {
  about: string;
  schema?: z.ZodType;
}

/**
 * One route, declared once: the server mounts it, the OpenAPI document describes it and the tests walk over it.
 * `body` is parsed and validated before `handle` runs; with `accepts` the handler reads the body itself.
 */
export interface RouteDefinition<Query extends z.ZodType, Body extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** In OpenAPI's writing: `/v1/posts/{id}`. */
  path: string;
  access: Access;
  summary: string;
  query?: Query;
  headers?: z.ZodObject;
  body?: Body;
  /** Bodies by content type that the handler reads itself. */
  accepts?: Record<string, z.ZodType>;
  /** Runs before `handle` when the handler reads the body itself. */
  before?: RequestHandler[];
  answers: Record<number, Described>;
  handle(call: Call<z.output<Query>, z.output<Body>>): Promise<Answer>;
}

export type Route = Omit<RouteDefinition<z.ZodType, z.ZodType>, 'handle'> & {
  handle(call: Call<unknown, unknown>): Promise<Answer>;
};

/** Checks a definition and forgets its types: what mounts a route validates before it calls. */
export function route<Query extends z.ZodType = z.ZodNever, Body extends z.ZodType = z.ZodNever>(
  definition: RouteDefinition<Query, Body>,
): Route {
  return definition;
}
