import { expect, test } from 'vitest';
import { choosable, ownBar } from '../../web/src/pages/certificates/ready.ts';
import type { Ready } from '../../web/src/pages/certificates/ready.ts';

const ready = (id: string, ...barred: Ready['barred']): Ready => ({
  studentId: 'enr_1',
  studentNo: '1',
  name: '赵',
  class: { id: 'org_1', name: '机电2301班' },
  pathway: { id, type: 'diploma', level: null, standard: null },
  verdict: 'grant',
  since: null,
  barred,
  free: 1,
});
const barred = (you: boolean): Ready['barred'][number] => ({
  officer: { id: you ? 'usr_me' : 'usr_other', name: '钱' },
  bars: ['teaches_class'],
  you,
});

test('what the reader is barred from is not chosen; another officer’s bar does not stand in the way', () => {
  const rows = [ready('pwy_1'), ready('pwy_2', barred(false)), ready('pwy_3', barred(false), barred(true))];
  expect(choosable(rows)).toEqual(['pwy_1', 'pwy_2']);
  expect(rows.map((row) => ownBar(row)?.bars ?? [])).toEqual([[], [], ['teaches_class']]);
});
