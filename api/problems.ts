import type { Fault, ProblemCode } from '../schemas/problem.ts';
import { Problem, problemKinds } from '../schemas/problem.ts';
import { textOf } from '../schemas/api/check.ts';
import type { Language, Text } from '../schemas/text.ts';
import { renderLookupPage } from '../documents/verification-page.ts';
import type { LookupForm } from '../documents/verification-page.ts';
import { verificationStyleHash } from '../documents/verification/style.ts';
import type { HtmlAnswer } from './answers.ts';
import { languageOf } from './language.ts';
import { problemPage } from './problem-page.ts';
import { sendPage } from './pages.ts';
import type { ApiContext, Step } from './state.ts';

const VERIFYING = /^\/v(\/|$)/;
const lookupFaults: Partial<Record<ProblemCode, NonNullable<LookupForm['fault']>>> = {
  not_found: 'no_such_address',
  bad_input: 'malformed',
  too_many_requests: 'too_many_requests',
};

/** The only catch in the API: everything thrown below leaves here as RFC 9457. */
export const problems =
  (publicUrl: string): Step =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined && !ctx.res.headersSent) throw new Problem('not_found');
    } catch (err) {
      const problem = problemOf(err);
      ctx.state.problem = problem.code;
      if (problem.code === 'internal') ctx.app.emit('error', err, ctx);
      if (ctx.res.headersSent) {
        ctx.res.destroy();
        return;
      }
      sendProblem(ctx, problem, publicUrl);
    }
  };

function problemOf(err: unknown): Problem {
  if (err instanceof Problem) return err;
  // Koa's own refusals carry a status: a malformed address, a stream cut short
  if (err instanceof URIError) return new Problem('bad_input');
  const status = err instanceof Error && 'status' in err ? err.status : undefined;
  if (status === 400) return new Problem('bad_input');
  if (status === 413) return new Problem('payload_too_large');
  return new Problem('internal');
}

function sendProblem(ctx: ApiContext, problem: Problem, publicUrl: string): void {
  ctx.status = problemKinds[problem.code].status;
  const wait = problem.code === 'in_progress' ? 1 : problem.extra.retryAfter;
  if (typeof wait === 'number') ctx.set('Retry-After', String(wait));
  const allow = problem.extra.allow;
  if (typeof allow === 'string') ctx.set('Allow', allow);
  ctx.set('Cache-Control', 'no-store');
  if (wantsPage(ctx)) {
    sendPage(ctx, pageOf(ctx, problem.code, publicUrl));
    return;
  }
  ctx.body = JSON.stringify(problemBody(ctx, problem));
  ctx.type = 'application/problem+json';
}

/** A person who opens an address of ours in a browser gets words, a program gets JSON. */
function wantsPage(ctx: ApiContext): boolean {
  return !ctx.path.startsWith('/v1/') && ctx.accepts('json', 'html') === 'html';
}

/** Whoever verifies a certificate stays on the page that verifies: the form is there to try again. */
function pageOf(ctx: ApiContext, code: ProblemCode, publicUrl: string): HtmlAnswer {
  const language = languageOf(ctx);
  const fault = VERIFYING.test(ctx.path) ? lookupFaults[code] : undefined;
  if (fault === undefined) return problemPage(code, language);
  const html = renderLookupPage({ domain: new URL(publicUrl).host, language, fault });
  return { html, styleHash: verificationStyleHash };
}

function problemBody(ctx: ApiContext, { code, errors, extra }: Problem): Record<string, unknown> {
  const language = languageOf(ctx);
  const { allow: _allow, ...rest } = extra;
  return {
    ...rest,
    type: `/problems/${code}`,
    code,
    status: problemKinds[code].status,
    title: (problemKinds[code].text as Text)[language],
    instance: ctx.state.requestId,
    errors: errors.map((fault) => faultBody(fault, language)),
  };
}

function faultBody({ pointer, code, detail, text }: Fault, language: Language): Record<string, unknown> {
  const title = (text ?? textOf(code, detail))[language];
  return detail ? { pointer, code, title, detail } : { pointer, code, title };
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemKinds, code);
}
