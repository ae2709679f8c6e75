import type { PersonCall, Principal } from '../register/accounts/principal.ts';
import type { Register } from '../register/register.ts';
import type { Infer, ObjectSchema, Schema } from '../schemas/api/common.ts';
import type { Permission } from '../schemas/permissions.ts';
import type { ProblemCode } from '../schemas/problem.ts';
import type { Language, Text } from '../schemas/text.ts';
import type { EventsAnswer, FileAnswer, HtmlAnswer, Medium, Reply, SeeOther } from './answers.ts';
import type { Upload } from './upload.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `public`: nobody needs to sign in. `signed_in`: anyone who has, for what concerns only themselves. */
export type Access = Permission | 'public' | 'signed_in';
export type LimitName = 'sign_in' | 'verification' | 'search' | 'export' | 'machine';

/** What a handler gets. `call` is what a command of the register takes. */
export interface RouteContext<I> {
  register: Register;
  by: Principal;
  input: I;
  /** Empty unless the route is a command. */
  key: string;
  ifMatch?: string;
  requestId: string;
  call: PersonCall<I>;
  /** The file of a route with `upload`. It is deleted once answered, unless kept. */
  upload: Upload;
  /** The body as it came, for documents where the bytes matter. */
  rawBody: string;
  address: string;
  /** The language asked for, for pages and files. */
  language: Language;
  signal: AbortSignal;
  /** Where people reach this server. */
  publicUrl: string;
}

export type Output = Schema | Medium;
export type Answer<O extends Output> =
  O extends Schema<infer T>
    ? T | Reply<T>
    : O extends 'file'
      ? FileAnswer
      : O extends 'html'
        ? HtmlAnswer | SeeOther
        : O extends 'events'
          ? EventsAnswer
          : undefined | Reply<undefined>;

export interface RouteDefinition<I extends ObjectSchema, O extends Output> {
  method: Method;
  /** With `{name}` for parts; each is a field of the input. */
  path: `/${string}`;
  permission: Access;
  /** Path, query and body in one strict object. GET and DELETE take the rest from the query, others from the body. */
  input: I;
  output: O;
  /** 200 unless told: 201 for a thing made, 202 for work that goes on. */
  status?: 201 | 202;
  /** Beyond what every route may refuse (frameRefuses in api/openapi.ts). */
  refuses: readonly ProblemCode[];
  /** Runs a command: needs an Idempotency-Key. */
  command?: true;
  /** `etag`: answers carry the version. `if-match`: and a change must name it. */
  versioned?: 'etag' | 'if-match';
  /** Takes multipart/form-data with one file in the field `file`. */
  upload?: true;
  /** Takes what an HTML form sends instead of JSON. */
  form?: true;
  limit?: LimitName;
  /** Largest body in bytes, 1 MB unless told. */
  bodyLimit?: number;
  tags: readonly string[];
  summary: Text;
  handle(context: RouteContext<Infer<I>>): Promise<Answer<O>> | Answer<O>;
}

/** A route whose types have been checked where it was defined. */
export interface Route extends Omit<RouteDefinition<ObjectSchema, Output>, 'handle'> {
  handle(context: RouteContext<unknown>): Promise<unknown>;
}

/** Validation, permission, problems, versions, keys and documentation follow from what is declared here. */
export function defineRoute<I extends ObjectSchema, O extends Output>(definition: RouteDefinition<I, O>): Route {
  const { handle, ...rest } = definition;
  // the input was checked against `input` before: the one place where the erased type is given back
  return { ...rest, handle: async (context) => handle(context as RouteContext<Infer<I>>) };
}

/** The names between braces. */
export function pathFields(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
}

type Command<I, T> = (register: Register, call: PersonCall<I>) => Promise<T>;

/** A route that runs one command: `handle: command(signOff)`. */
export function command<I, T>(run: Command<I, T>): (context: RouteContext<I>) => Promise<T> {
  return ({ register, call }) => run(register, call);
}
