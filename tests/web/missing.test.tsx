import { fireEvent, render, screen, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { startWords } from '../../web/src/i18n/index.ts';
import { groupMissing, MissingList } from '../../web/src/pages/student/missing-list.tsx';

type Missing = Parameters<typeof groupMissing>[0][number];

const missing = (fact: string, sheet: number | null): Missing => ({
  fact,
  title: { 'zh-CN': fact, en: fact },
  role: sheet === null ? 'registrar' : 'teacher',
  person: null,
  object: sheet === null ? null : { kind: 'score_sheet', id: `sht_${sheet}`, name: `课程${sheet}` },
  since: null,
  until: null,
});

beforeAll(startWords);

test('a sheet that several facts wait for is one line', () => {
  const groups = groupMissing([missing('学分', 1), missing('选修学分', 1), missing('学分', 2), missing('处分', null)]);
  expect(groups.map((group) => group.length)).toEqual([2, 1, 1]);
});

test('more than four lines fold, and the rest is one click away', () => {
  render(<MissingList missing={[1, 2, 3, 4, 5, 6].map((sheet) => missing('学分', sheet))} />);
  const list = screen.getByRole('list');
  expect(within(list).getAllByRole('listitem')).toHaveLength(4);
  fireEvent.click(screen.getByRole('button', { name: '另有 2 项' }));
  expect(within(list).getAllByRole('listitem')).toHaveLength(6);
});

test('nothing missing shows nothing', () => {
  const { container } = render(<MissingList missing={[]} />);
  expect(container.textContent).toBe('');
});
