import { Problem } from '../schemas/problem.ts';
import type { ApiContext } from './state.ts';

const STRONG = /^"[\w.-]{1,64}"$/;

/** The strong tag a change starts from, as `expectVersion` takes it. A weak tag never matches (RFC 9110 §13.1.1). */
export function requireIfMatch(ctx: ApiContext): string {
  const header = ctx.get('if-match').trim();
  if (header === '') throw new Problem('precondition_required');
  if (!STRONG.test(header)) throw new Problem('version_mismatch');
  return header;
}

export function setVersion(ctx: ApiContext, version: unknown): void {
  if (typeof version === 'number' || typeof version === 'string') ctx.set('ETag', `"${version}"`);
}
