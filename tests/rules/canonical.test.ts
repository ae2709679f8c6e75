import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, hashOf } from '../../rules/canonical.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import { Problem } from '../../schemas/problem.ts';
import { seed } from './seed.ts';

test('keys are sorted by UTF-16 code units, as RFC 8785 shows', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude02': 5, '\u0080': 6, '\u00f6': 7 };

  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude02":5,"\ufb33":3}');
});

test('control characters are escaped as RFC 8785 says, all else stands as it is', () => {
  expect(canonicalJson({ text: '€$\u000f\nA\'B"\\\\"/' })).toBe('{"text":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test.each([
  ['a fraction', 0.5],
  ['a number beyond 2^53', 2 ** 53],
  ['NaN', Number.NaN],
  ['half a character', '\ud83d'],
  ['half a character in a key', { '\udc00': 1 }],
  ['a date', new Date(0)],
  ['a function', () => 1],
  ['undefined in a list', [undefined]],
])('%s has no canonical form', (_, value) => {
  expect(() => canonicalJson(value)).toThrow(Problem);
});

test('the hash of a known document is known', () => {
  // sha256 of the bytes {"a":[1,2,{}],"b":"学分"}, taken with another program
  expect(hashOf({ b: '学分', a: [1, 2, {}] })).toBe(
    'sha256:1d2eb28c8af84021db152d42163003720b5764d7dbc18a48521959b3630f9965',
  );
});

const json = fc.jsonValue().filter((value) => {
  try {
    return canonicalJson(value) !== '';
  } catch {
    return false;
  }
});

test('parsing what was written gives the same bytes again, and the same as JSON.parse', () => {
  fc.assert(
    fc.property(json, (value) => {
      const bytes = canonicalJson(value);
      expect(canonicalJson(parseStrictJson(bytes))).toBe(bytes);
      expect(parseStrictJson(JSON.stringify(value, null, 2))).toEqual(JSON.parse(bytes));
    }),
    { seed },
  );
});

test.each([
  ['a doubled key', '{"a":1,"a":2}', 'key_doubled', '/a'],
  ['a key doubled by escapes', '{"a":1,"\\u0061":2}', 'key_doubled', '/a'],
  ['__proto__', '{"x":{"__proto__":{"y":1}}}', 'key_forbidden', '/x/__proto__'],
  ['__proto__ by escapes', '{"\\u005f_proto__":1}', 'key_forbidden', '/__proto__'],
  ['depth', `${'['.repeat(100)}${']'.repeat(100)}`, 'too_deep', '/0'.repeat(41)],
  ['size', JSON.stringify('x'.repeat(1_048_577)), 'document_too_large', ''],
  ['a trailing comma', '{"a":1,}', 'json_malformed', ''],
  ['a comment', '{} // x', 'json_malformed', ''],
  ['two values', '1 2', 'json_malformed', ''],
  ['a bare word', 'NaN', 'json_malformed', ''],
  ['a leading zero', '[01]', 'json_malformed', ''],
  ['a raw line break in a text', '"a\nb"', 'json_malformed', ''],
  ['nothing', '', 'json_malformed', ''],
])('strict parsing refuses %s', (_, text, code, pointer) => {
  let problem: unknown;
  try {
    parseStrictJson(text);
  } catch (err) {
    problem = err;
  }

  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).errors[0]).toMatchObject({ code, pointer });
});
