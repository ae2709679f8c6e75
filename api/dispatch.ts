import Router from '@koa/router';
import { Problem } from '../schemas/problem.ts';
import type { Route } from './route.ts';
import type { Serving } from './serve.ts';
import { serve } from './serve.ts';
import type { State, Step } from './state.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Finds the route of an address. Refusals are ours: the router's own 405 and 501 are plain text. */
export function dispatch(serving: Serving, routes: readonly Route[]): Step {
  const shelves = shelve(serving, inOrder(routes));
  return async (ctx, next) => {
    if (!METHODS.has(ctx.method)) throw new Problem('method_unknown');
    const shelf = shelves.get(shelfOf(ctx.path)) ?? shelves.get(OPEN);
    const allowed = shelf ? methodsFor(shelf.router, ctx.path) : [];
    if (!shelf || allowed.length === 0) return next();
    if (!allowed.includes(ctx.method)) throw new Problem('method_not_allowed', [], { allow: allowed.join(', ') });
    // the router's own context type adds what it sets itself
    await shelf.match(ctx as Parameters<typeof shelf.match>[0], async () => {});
  };
}

interface Shelf {
  router: Router<State>;
  match: ReturnType<Router<State>['routes']>;
}

const OPEN = '*';

/** The router tries one route after the other; one shelf for what stands behind `/v1/` leaves it few to try. */
function shelve(serving: Serving, routes: readonly Route[]): Map<string, Shelf> {
  const names = new Set([OPEN, ...routes.map(({ path }) => shelfOf(path))]);
  return new Map(
    [...names].map((name) => {
      const router = new Router<State>();
      for (const route of routes) {
        const own = shelfOf(route.path);
        if (own !== name && own !== OPEN) continue;
        const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
        router.register(path, [route.method], (ctx) => serve(serving, route, ctx));
      }
      return [name, { router, match: router.routes() }];
    }),
  );
}

/** The part after `/v1/`, as the router compares it; a part that may be anything stands on every shelf. */
function shelfOf(path: string): string {
  const [, , part = ''] = path.split('/', 3);
  return part.startsWith('{') || part.includes('%') ? OPEN : part.toLowerCase();
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
