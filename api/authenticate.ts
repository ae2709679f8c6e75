import type { Principal } from '../register/accounts/principal.ts';
import { readSession } from '../register/accounts/sessions.ts';
import { readToken } from '../register/accounts/tokens.ts';
import type { Register } from '../register/register.ts';
import { sessionToken } from './session-cookie.ts';
import type { ApiContext, Step } from './state.ts';

/** Who asks, read anew for each request, so that rights end when they are taken away. */
export function authenticate(register: Register): Step {
  return async (ctx, next) => {
    const by = isOurs(ctx.path) ? await whoAsks(register, ctx) : null;
    if (by) ctx.state.by = by;
    await next();
  };
}

const BEARER = /^Bearer +([\w-]{20,200})$/i;

/** A system by its token, else a person by their cookie; whoever sends a token is not also somebody signed in. */
async function whoAsks(register: Register, ctx: ApiContext): Promise<Principal | null> {
  const header = ctx.get('authorization');
  if (header !== '') {
    const bearer = BEARER.exec(header)?.[1];
    return bearer === undefined ? null : readToken(register, bearer);
  }
  const token = sessionToken(ctx);
  return token === null ? null : readSession(register, token);
}

function isOurs(path: string): boolean {
  return path.startsWith('/v1/') || path.startsWith('/v/');
}
