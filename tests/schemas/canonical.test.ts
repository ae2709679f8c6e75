import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../schemas/canonical.ts';

test('keys are sorted by UTF-16 code units and texts escaped as RFC 8785 has them', () => {
  // the sorting example of RFC 8785 §3.2.3
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  expect(canonicalJson('€$\u000f\nA\'B"\\/')).toBe('"€$\\u000f\\nA\'B\\"\\\\/"');
});

test('equal values give equal text, whatever the order of their keys', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const integers = json.map((value) =>
    JSON.parse(JSON.stringify(value, (_k, v) => (typeof v === 'number' ? Math.trunc(v) % 2 ** 53 : v))),
  );
  const plain = integers.filter((value) => !/\p{Surrogate}/u.test(flat(value)));
  fc.assert(
    fc.property(plain, (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
    { seed: 8785, numRuns: 500 },
  );
});

test.each([
  ['a fraction', { a: [1.5] }, '/a/0', 'not_a_safe_integer'],
  ['an integer beyond 2^53', { a: 2 ** 53 }, '/a', 'not_a_safe_integer'],
  ['NaN', { a: Number.NaN }, '/a', 'not_a_safe_integer'],
  ['half a character', { 'x/y': '\ud83d' }, '/x~1y', 'lone_surrogate'],
  ['a date', { a: new Date(0) }, '/a', 'not_json'],
  ['a map', { a: new Map() }, '/a', 'not_json'],
  ['a function', [() => 1], '/0', 'not_json'],
  ['a hole', [undefined], '/0', 'not_json'],
  ['a bigint', { a: 1n }, '/a', 'not_json'],
])('%s is refused with its place', (_what, value, pointer, code) => {
  expect(() => canonicalJson(value)).toThrow(
    expect.objectContaining({ code: 'bad_input', errors: [{ pointer, code }] }),
  );
});

test('a value without end is refused, not followed', () => {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  expect(() => canonicalJson(loop)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ code: 'too_deep' })] }),
  );
});

test('an undefined property is absent, and minus zero is zero', () => {
  expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value).map(([key, inner]) => [key, reversed(inner)]);
  return Object.fromEntries(entries.reverse());
}

function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${flat(inner)}`)
    .join(' ');
}
