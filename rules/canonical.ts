import { createHash } from 'node:crypto';
import { canonicalJson } from '../schemas/canonical.ts';

export { canonicalJson };

export type Hash = `sha256:${string}`;

/** `sha256:` and hex over the RFC 8785 bytes: equal values, equal hash. */
export function hashOf(value: unknown): Hash {
  return `sha256:${createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`;
}
