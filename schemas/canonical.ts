import { Problem } from './problem.ts';

/** Plain data: what JSON can carry, with integers only (decimals are scaled integers, architecture §9.7). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

const DEEPEST = 200;
const LONE_SURROGATE = /\p{Surrogate}/u;

const refuse = (pointer: string, code: string): Problem => new Problem('bad_input', [{ pointer, code }]);

/**
 * RFC 8785 canonical JSON: sorted keys, no spaces. Integers beyond 2^53, fractions, lone surrogates and anything
 * that is not plain data are refused, so that equal values always give equal bytes. An undefined property is absent.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', 0);
}

function write(value: unknown, pointer: string, depth: number): string {
  if (depth > DEEPEST) throw refuse(pointer, 'too_deep');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value, pointer);
  if (typeof value === 'string') return writeText(value, pointer);
  if (Array.isArray(value)) return writeList(value, pointer, depth);
  if (typeof value === 'object') return writeObject(value, pointer, depth);
  throw refuse(pointer, 'not_json');
}

function writeNumber(value: number, pointer: string): string {
  if (!Number.isSafeInteger(value)) throw refuse(pointer, 'not_a_safe_integer');
  return String(value); // -0 becomes 0, as RFC 8785 has it
}

function writeText(value: string, pointer: string): string {
  if (LONE_SURROGATE.test(value)) throw refuse(pointer, 'lone_surrogate');
  return JSON.stringify(value);
}

function writeList(list: readonly unknown[], pointer: string, depth: number): string {
  const parts: string[] = [];
  // by index: map would skip holes
  for (let i = 0; i < list.length; i += 1) parts.push(write(list[i], `${pointer}/${i}`, depth + 1));
  return `[${parts.join(',')}]`;
}

function writeObject(object: object, pointer: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw refuse(pointer, 'not_json');
  const parts: string[] = [];
  for (const [key, value] of Object.entries(object).sort(byKey)) {
    if (value === undefined) continue;
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    parts.push(`${writeText(key, at)}:${write(value, at, depth + 1)}`);
  }
  return `{${parts.join(',')}}`;
}

/** By UTF-16 code units, as RFC 8785 says; never by locale. */
function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
