import { Problem } from '../schemas/problem.ts';
import { sessionToken } from './session-cookie.ts';
import type { ApiContext, Step } from './state.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** CSRF: a change comes from our own pages. Browsers say where a request comes from; one that says nothing may not use a cookie. */
export function refuseCrossSite(publicUrl: string): Step {
  const own = new URL(publicUrl).origin;
  return async (ctx, next) => {
    if (!SAFE.has(ctx.method) && isCrossSite(ctx, own)) throw new Problem('cross_site_request');
    await next();
  };
}

function isCrossSite(ctx: ApiContext, own: string): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '') return site !== 'same-origin';
  const origin = ctx.get('origin');
  if (origin !== '') return origin !== own && origin !== `${ctx.protocol}://${ctx.host}`;
  return sessionToken(ctx) !== null;
}
