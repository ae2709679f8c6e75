import { limits } from '../schemas/ruleset.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

interface Budget {
  values: number;
  bytes: number;
  stopped: boolean;
}

/**
 * Bounds what the rest of the lint has to look at: size, nesting, plain JSON data only.
 * False means that nothing further may be read.
 */
export function withinBounds(document: unknown, faults: Faults): boolean {
  const budget: Budget = { values: 0, bytes: 0, stopped: false };
  const before = faults.list.length;
  visit({ value: document, pointer: '', depth: 0 }, budget, faults);
  return faults.list.length === before;
}

interface Place {
  value: unknown;
  pointer: string;
  depth: number;
}

function visit({ value, pointer, depth }: Place, budget: Budget, faults: Faults): void {
  if (budget.stopped) return;
  budget.values += 1;
  budget.bytes += 2 + (typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : 0);
  if (budget.values > limits.values || budget.bytes > limits.bytes)
    return stop(pointer, 'document_too_large', budget, faults);
  if (depth > limits.nesting) return stop(pointer, 'too_deep', budget, faults);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) faults.add(pointer, 'not_a_safe_integer');
    return;
  }
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) faults.add(pointer, 'lone_surrogate');
    return;
  }
  if (typeof value !== 'object') return faults.add(pointer, 'not_json');
  visitParts({ value, pointer, depth }, budget, faults);
}

function visitParts({ value, pointer, depth }: Place & { value: object }, budget: Budget, faults: Faults): void {
  if (!Array.isArray(value) && !isPlain(value)) return faults.add(pointer, 'not_json');
  if (Array.isArray(value) && value.length > limits.listValues)
    return stop(pointer, 'document_too_large', budget, faults);
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  if (keys.length > limits.listValues) return stop(pointer, 'document_too_large', budget, faults);
  for (const key of keys) {
    if (budget.stopped) return;
    const at = pointer + step(key);
    if (typeof key === 'string') budget.bytes += 2 + Buffer.byteLength(key, 'utf8');
    if (key === '__proto__') faults.add(at, 'key_forbidden');
    else if (typeof key === 'string' && LONE_SURROGATE.test(key)) faults.add(pointer, 'lone_surrogate');
    else if (Object.getOwnPropertyDescriptor(value, key)?.get) faults.add(at, 'not_json');
    else
      visit({ value: (value as Record<string | number, unknown>)[key], pointer: at, depth: depth + 1 }, budget, faults);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function stop(pointer: string, code: 'document_too_large' | 'too_deep', budget: Budget, faults: Faults): void {
  budget.stopped = true;
  faults.add(pointer, code);
}
