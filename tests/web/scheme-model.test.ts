import { expect, test } from 'vitest';
import { emptyLine, faultOf, isWhole, linesOf, partsOf, sumOf } from '../../web/src/pages/schemes/scheme-model.ts';
import type { Line } from '../../web/src/pages/schemes/scheme-model.ts';

const line = (key: number, name: string, percent: number | null): Line => ({ ...emptyLine(key), name, percent });

test('three thirds are not a whole, and a hundredth makes them one', () => {
  const thirds = [line(0, '平时', 33.33), line(1, '实操', 33.33), line(2, '期末', 33.33)];
  expect(sumOf(thirds)).toBe(9999);
  expect(isWhole(thirds)).toBe(false);
  expect(isWhole([...thirds.slice(0, 2), line(2, '期末', 33.34)])).toBe(true);
});

test('weights that a binary fraction cannot hold add up all the same', () => {
  expect(sumOf(Array.from({ length: 10 }, (_, key) => line(key, `第${key}项`, 10.1)))).toBe(10_100);
  expect(sumOf([line(0, '平时', 0.1), line(1, '期末', 0.2)])).toBe(30);
});

test.each<[string, Line, ReturnType<typeof faultOf>]>([
  ['a name is needed', line(0, ' ', 40), 'nameless'],
  ['a name stands once', line(0, '期末 ', 40), 'doubled'],
  ['a weight is needed', line(0, '平时', null), 'weightless'],
  ['nothing is no weight', line(0, '平时', 0), 'weightless'],
  ['full marks are needed', { ...line(0, '平时', 40), max: null }, 'maxless'],
  ['all of it is enough', line(0, '平时', 40), null],
])('%s', (_name, one, fault) => {
  expect(faultOf(one, [one, line(1, '期末', 60)])).toBe(fault);
});

test('a further version starts from the last, and goes out in hundredths of a percent and tenths of a point', () => {
  const component = {
    id: 'cmp_1',
    ordinal: 1,
    name: '实操',
    kind: 'practical' as const,
    weight: 10_000,
    maxScore: 505,
    unitId: 'unt_1',
  };
  const scheme = { id: 'sch_1', version: 1, createdAt: '', createdBy: null, components: [component] };
  expect(partsOf(linesOf(scheme))).toEqual([
    { name: '实操', kind: 'practical', weight: 10_000, maxScore: 505, unitId: 'unt_1' },
  ]);
  expect(linesOf(undefined)).toHaveLength(1);
});
