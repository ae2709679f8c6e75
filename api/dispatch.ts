import Router from '@koa/router';
import { Problem } from '../schemas/problem.ts';
import type { Route } from './route.ts';
import type { Serving } from './serve.ts';
import { serve } from './serve.ts';
import type { State, Step } from './state.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Finds the route of an address. Refusals are ours: the router's own 405 and 501 are plain text. */
export function dispatch(serving: Serving, routes: readonly Route[]): Step {
  const router = new Router<State>();
  for (const route of inOrder(routes)) {
    router.register(route.path.replaceAll(/\{(\w+)\}/g, ':$1'), [route.method], (ctx) => serve(serving, route, ctx));
  }
  const match = router.routes();
  return async (ctx, next) => {
    if (!METHODS.has(ctx.method)) throw new Problem('method_unknown');
    const allowed = methodsFor(router, ctx.path);
    if (allowed.length === 0) return next();
    if (!allowed.includes(ctx.method)) throw new Problem('method_not_allowed', [], { allow: allowed.join(', ') });
    // the router's own context type adds what it sets itself
    await match(ctx as Parameters<typeof match>[0], async () => {});
  };
}

function methodsFor(router: Router<State>, path: string): string[] {
  return [...new Set(router.match(path, 'GET').path.flatMap((layer) => layer.methods))];
}

/** `/students/search` before `/students/{id}`: a fixed part is tried before an open one. */
function inOrder(routes: readonly Route[]): Route[] {
  const weight = ({ path }: Route) =>
    path
      .split('/')
      .map((part) => (part.startsWith('{') ? '1' : '0'))
      .join('');
  return [...routes].sort((a, b) => weight(a).localeCompare(weight(b)));
}
