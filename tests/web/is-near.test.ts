import { expect, test } from 'vitest';
import { isNear } from '../../web/src/pages/student/is-near.ts';

const text = { 'zh-CN': '', en: '' };
const change = (got: number | null) => ({ fact: 'f', title: text, got, needed: 600, gotText: text, neededText: text });

test('a refusal was near when at most two facts on record would have to change', () => {
  expect(isNear({ changes: [change(590)] })).toBe(true);
  expect(isNear({ changes: [change(590), change(0)] })).toBe(true);
  expect(isNear({ changes: [change(590), change(580), change(570)] })).toBe(false);
});

test('what nobody has recorded is not nearly there', () => {
  expect(isNear({ changes: [change(590), change(null)] })).toBe(false);
});
