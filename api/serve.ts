import { check } from '../schemas/api/check.ts';
import type { Infer, Schema } from '../schemas/api/common.ts';
import { Problem } from '../schemas/problem.ts';
import type { Principal } from '../register/accounts/principal.ts';
import { actingUnder, nobody } from '../register/accounts/principal.ts';
import type { Register } from '../register/register.ts';
import type { EventsAnswer, FileAnswer, HtmlAnswer, SeeOther } from './answers.ts';
import { Reply } from './answers.ts';
import { sendEvents } from './events.ts';
import { takeInput } from './input.ts';
import type { Taken } from './input.ts';
import { requireKey } from './keys.ts';
import type { Limits } from './limits.ts';
import { spend } from './limits.ts';
import { sendPage } from './pages.ts';
import { languageOf } from './language.ts';
import type { Route, RouteContext } from './route.ts';
import { setSessionCookie } from './session-cookie.ts';
import type { ApiContext } from './state.ts';
import { requireIfMatch, setVersion } from './versions.ts';

export interface Serving {
  register: Register;
  limits: Limits;
  /** Folder for files on their way in. */
  uploads: string;
  /** Cookies are bound to https. */
  secure: boolean;
  /** Where people reach this server. */
  publicUrl: string;
}

/** One request to one route: may they, is it well formed, do it, say what came of it. */
export async function serve(
  serving: Serving,
  route: Route,
  ctx: ApiContext & { params?: Record<string, string> },
): Promise<void> {
  ctx.state.route = route.path;
  await withinLimits(serving, route, ctx);
  const by = admit(route, ctx.state.by);
  const key = route.command ? requireKey(ctx) : '';
  const ifMatch = route.versioned === 'if-match' ? requireIfMatch(ctx) : undefined;
  const taken = await takeInput({ ctx, route, params: ctx.params ?? {}, uploads: serving.uploads });
  try {
    const context = contextOf({ serving, ctx, by, key, ifMatch, taken });
    const answer = await route.handle(context);
    send({ serving, route, ctx, context }, answer);
  } finally {
    await taken.upload?.discard();
  }
}

/** People share addresses, so they are counted by route; a system is counted by its token, whatever it asks. */
async function withinLimits({ limits }: Serving, { limit }: Route, { ip, state }: ApiContext): Promise<void> {
  if (state.by?.machine) return spend(limits.machine, state.by.userId);
  if (limit) await spend(limits[limit], ip);
}

function admit({ permission }: Route, by: Principal | undefined): Principal {
  if (permission === 'public') return by ?? nobody;
  if (!by) throw new Problem('not_signed_in');
  if (by.mustChangePassword && permission !== 'signed_in') throw new Problem('password_change_required');
  if (by.machine && permission === 'signed_in') throw new Problem('not_permitted', [], { permission });
  if (permission === 'signed_in') return { ...by, scopes: [{ kind: 'self', id: null }] };
  const acting = actingUnder(by, permission);
  if (!acting) throw new Problem('not_permitted', [], { permission });
  return acting;
}

interface Parts {
  serving: Serving;
  ctx: ApiContext;
  by: Principal;
  key: string;
  ifMatch: string | undefined;
  taken: Taken;
}

function contextOf({ serving, ctx, by, key, ifMatch, taken }: Parts): RouteContext<unknown> {
  const { requestId } = ctx.state;
  const { input, rawBody, upload } = taken;
  const onReplayed = () => ctx.set('Idempotent-Replayed', 'true');
  const version = ifMatch === undefined ? {} : { ifMatch };
  return {
    register: serving.register,
    key,
    by,
    input,
    requestId,
    ...version,
    call: { key, by, input, requestId, onReplayed, ...version },
    rawBody,
    address: ctx.ip,
    language: languageOf(ctx),
    get signal() {
      return closing(ctx);
    },
    publicUrl: serving.publicUrl,
    // only routes with `upload` are told they have one, and those always do
    upload: upload as RouteContext<unknown>['upload'],
  };
}

/** Aborted when the client goes away. Few routes ask for it, and making one for every request is dear. */
function closing(ctx: ApiContext): AbortSignal {
  const controller = new AbortController();
  if (ctx.res.closed) controller.abort();
  else ctx.res.once('close', () => controller.abort());
  return controller.signal;
}

interface Sending {
  serving: Serving;
  route: Route;
  ctx: ApiContext;
  context: RouteContext<unknown>;
}

function send({ serving, route, ctx, context }: Sending, answer: unknown): void {
  // each medium's answer was checked against its type in defineRoute
  switch (route.output) {
    case 'html':
      return sendHtml(ctx, answer as HtmlAnswer | SeeOther);
    case 'file':
      return sendFile(ctx, answer as FileAnswer);
    case 'events':
      return sendEvents(ctx, answer as EventsAnswer, context.signal);
    default:
      return sendJson({ serving, route, ctx, context }, answer);
  }
}

function sendHtml(ctx: ApiContext, answer: HtmlAnswer | SeeOther): void {
  if (!('seeOther' in answer)) return sendPage(ctx, answer);
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(answer.seeOther);
  ctx.status = 303;
}

function sendFile(ctx: ApiContext, { contentType, body, name, inline, etag }: FileAnswer): void {
  ctx.set('Cache-Control', etag === undefined ? 'private, no-store' : 'private, no-cache');
  setVersion(ctx, etag);
  ctx.status = 200;
  if (etag !== undefined && ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.attachment(name, { type: inline ? 'inline' : 'attachment' });
  ctx.type = contentType;
  ctx.body = body;
}

function sendJson({ serving, route, ctx }: Sending, answer: unknown): void {
  const { body, options } = answer instanceof Reply ? answer : new Reply(answer, {});
  for (const [name, value] of Object.entries(options.headers ?? {})) ctx.set(name, value);
  for (const cookie of options.cookies ?? []) setSessionCookie(ctx, cookie, serving.secure);
  ctx.set('Cache-Control', 'private, no-cache');
  if (typeof route.output === 'string') {
    ctx.status = 204;
    return;
  }
  const checked = shaped(route.output, body);
  if (route.versioned) setVersion(ctx, options.version ?? versionIn(checked));
  ctx.status = route.status ?? 200;
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(checked);
  if (ctx.method === 'GET' && ctx.status === 200 && ctx.fresh) ctx.status = 304;
}

/** What goes out is what the contract says, or nothing does. */
function shaped<S extends Schema>(schema: S, body: unknown): Infer<S> {
  const checked = check(schema, body);
  if (checked.ok) return checked.value;
  const where = checked.faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  throw new Error(`answer does not fit its schema: ${where}`);
}

function versionIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
}
