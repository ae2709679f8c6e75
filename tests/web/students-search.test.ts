import { expect, test } from 'vitest';
import { studentsSearch } from '../../web/src/search/students.ts';

test('filters the list does not know, and values it cannot read, are left out', () => {
  const asked = { cohort: '2023', stage: 'referred', verdict: 'maybe', q: '1' };
  expect(JSON.parse(JSON.stringify(studentsSearch.parse(asked)))).toEqual({ cohort: 2023, stage: 'referred' });
});
