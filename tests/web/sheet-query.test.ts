import { expect, test } from 'vitest';
import { isNarrowed, sheetQuery } from '../../web/src/pages/sheets/sheet-query.ts';
import { sheetsSearch } from '../../web/src/search/work.ts';

test('the list opens with what is not archived', () => {
  expect(sheetQuery(sheetsSearch.parse({}), false)).toEqual({ state: 'current' });
  expect(isNarrowed(sheetsSearch.parse({}))).toBe(false);
});

test('all sheets are asked for by no state, the archived by theirs', () => {
  expect(sheetQuery({ state: 'all' }, false)).toEqual({});
  expect(sheetQuery({ state: 'archived' }, true)).toEqual({ state: 'archived', mine: 'true' });
});

test('term, class and course stand in the address and go to the server as they are', () => {
  const search = sheetsSearch.parse({ term: 'trm_1', class: 'org_1', course: 'crs_1', state: 'nonsense', find: '张' });
  expect(search).toEqual({ term: 'trm_1', class: 'org_1', course: 'crs_1' });
  expect(sheetQuery(search, false)).toEqual({ state: 'current', term: 'trm_1', class: 'org_1', course: 'crs_1' });
  expect(isNarrowed(search)).toBe(true);
});
