import { Problem } from '../schemas/problem.ts';
import type { ApiContext } from './state.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Made and kept by the client before sending, so that a retry is known as one (reliability §2). */
export function requireKey(ctx: ApiContext): string {
  const key = ctx.get('idempotency-key').replace(/^"(.*)"$/, '$1');
  if (!UUID_V7.test(key)) throw new Problem('idempotency_key_missing');
  return key.toLowerCase();
}
