import bodyParser from '@koa/bodyparser';
import type { Context } from 'koa';
import { check, pointerOf, textOf } from '../schemas/api/check.ts';
import type { Fault } from '../schemas/problem.ts';
import { Problem } from '../schemas/problem.ts';
import type { Route } from './route.ts';
import { pathFields } from './route.ts';
import type { Upload } from './upload.ts';
import { readUpload } from './upload.ts';

const BODY_LIMIT = 1_000_000;

export interface Taken {
  input: unknown;
  rawBody: string;
  upload?: Upload;
}

interface Taking {
  ctx: Context;
  route: Route;
  params: Record<string, string>;
  uploads: string;
}

/** Gathers path, query and body into one object and checks it; every fault comes at once. */
export async function takeInput({ ctx, route, params, uploads }: Taking): Promise<Taken> {
  const upload = route.upload ? await readUpload(ctx, uploads) : undefined;
  try {
    const { fields, rawBody } = upload ? { fields: upload.fields, rawBody: '' } : await readFields(ctx, route);
    const input = checkInput(route, fields, params);
    return upload ? { input, rawBody, upload } : { input, rawBody };
  } catch (err) {
    await upload?.discard();
    throw err;
  }
}

function checkInput(route: Route, fields: Record<string, unknown>, params: Record<string, string>): unknown {
  const inPath = pathFields(route.path);
  // a field named in the address may not be contradicted by the body
  const doubled = inPath
    .filter((name) => Object.hasOwn(fields, name))
    .map((name) => fault(pointerOf([name]), 'unknown_field'));
  const checked = check(route.input, { ...fields, ...params });
  if (!checked.ok) throw new Problem('bad_input', [...doubled, ...checked.faults]);
  if (doubled.length > 0) throw new Problem('bad_input', doubled);
  return checked.value;
}

function fault(pointer: string, code: string): Fault {
  return { pointer, code, text: textOf(code) };
}

type Fields = { fields: Record<string, unknown>; rawBody: string };

async function readFields(ctx: Context, route: Route): Promise<Fields> {
  if (route.form) return readForm(ctx);
  if (route.method === 'get' || route.method === 'delete') return { fields: { ...ctx.query }, rawBody: '' };
  return readJson(ctx, route.bodyLimit ?? BODY_LIMIT);
}

const formParser = bodyParser({ enableTypes: ['form'], formLimit: 10_000, onError: refuseBody });

async function readForm(ctx: Context): Promise<Fields> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new Problem('unsupported_media_type');
  await formParser(ctx, async () => {});
  const { body } = ctx.request as { body?: unknown };
  return { fields: Object.fromEntries(Object.entries(body ?? {})), rawBody: '' };
}

async function readJson(ctx: Context, limit: number): Promise<Fields> {
  const empty = !ctx.request.length && !ctx.get('transfer-encoding');
  if (empty) return { fields: {}, rawBody: '' };
  if (!ctx.is('application/json')) throw new Problem('unsupported_media_type');
  if ((ctx.request.length ?? 0) > limit) throw new Problem('payload_too_large');
  await parserFor(limit)(ctx, async () => {});
  const { body, rawBody = '' } = ctx.request as { body?: unknown; rawBody?: string };
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('bad_input', [fault('', 'body_not_object')]);
  return { fields: Object.fromEntries(Object.entries(body)), rawBody };
}

const parsers = new Map<number, ReturnType<typeof bodyParser>>();

function parserFor(limit: number): ReturnType<typeof bodyParser> {
  const known = parsers.get(limit);
  if (known) return known;
  const made = bodyParser({ enableTypes: ['json'], jsonLimit: limit, jsonStrict: false, onError: refuseBody });
  parsers.set(limit, made);
  return made;
}

function refuseBody(err: Error): never {
  if ('type' in err && err.type === 'entity.too.large') throw new Problem('payload_too_large');
  if ('type' in err && err.type === 'encoding.unsupported') throw new Problem('unsupported_media_type');
  throw new Problem('bad_input', [fault('', 'json_malformed')]);
}
