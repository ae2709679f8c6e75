import { readSession } from '../register/accounts/sessions.ts';
import type { Register } from '../register/register.ts';
import { sessionToken } from './session-cookie.ts';
import type { Step } from './state.ts';

/** Who asks, read anew for each request, so that rights end when they are taken away. */
export function authenticate(register: Register): Step {
  return async (ctx, next) => {
    const token = isOurs(ctx.path) ? sessionToken(ctx) : null;
    const by = token === null ? null : await readSession(register, token);
    if (by) ctx.state.by = by;
    await next();
  };
}

function isOurs(path: string): boolean {
  return path.startsWith('/v1/') || path.startsWith('/v/');
}
