import type { Cookie } from './answers.ts';
import type { ApiContext } from './state.ts';

const PLAIN = 'dualcert_session';
const SECURE = `__Host-${PLAIN}`;

/** On https the cookie is bound to this host and to encrypted connections; on loopback http it cannot be. */
export function sessionToken(ctx: ApiContext): string | null {
  return ctx.cookies.get(SECURE) ?? ctx.cookies.get(PLAIN) ?? null;
}

export function setSessionCookie(ctx: ApiContext, cookie: Cookie, secure: boolean): void {
  const parts = [`${secure ? SECURE : PLAIN}=${cookie.value ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (secure) parts.push('Secure');
  if (cookie.value === null) parts.push('Max-Age=0');
  else if (cookie.secondsToLive !== undefined) parts.push(`Max-Age=${cookie.secondsToLive}`);
  ctx.append('Set-Cookie', parts.join('; '));
}
