import { expect, test } from 'vitest';
import type { Permission } from '../../web/src/api/session.ts';
import { menuActs } from '../../web/src/pages/sheets/sheet-model.ts';
import type { Sheet } from '../../web/src/pages/sheets/sheet-model.ts';

const teacher: readonly Permission[] = ['score_sheets.edit', 'score_sheets.print', 'scores.correct', 'schemes.read'];
const office: readonly Permission[] = ['score_sheets.accept', 'score_sheets.print', 'scores.correct', 'schemes.read'];
const asked = { by: { id: 'usr_1', name: '赵' }, at: '', reason: null, rows: [] };

const offered = (state: Sheet['state'], held: readonly Permission[], request: Sheet['request'] = null) =>
  menuActs({ state, request }, (permission) => held.includes(permission));

test('before a sheet came in there is only its scheme to look at', () => {
  expect(offered('draft', office)).toEqual(['scheme']);
});

test('a submitted sheet prints, and those who have not passed may get another', () => {
  expect(offered('submitted', office)).toEqual(['print', 'resit', 'scheme']);
  expect(offered('submitted', teacher)).toEqual(['print', 'scheme']);
});

test('a locked sheet is unlocked by its teacher’s request, archived by the office, corrected by either', () => {
  expect(offered('locked', teacher)).toEqual(['print', 'correct', 'unlock', 'scheme']);
  expect(offered('locked', office)).toEqual(['print', 'correct', 'resit', 'archive', 'scheme']);
});

test('while a request waits for its answer nobody asks again or archives', () => {
  expect(offered('locked', teacher, asked)).not.toContain('unlock');
  expect(offered('locked', office, asked)).not.toContain('archive');
});

test('an archived sheet is only corrected', () => {
  expect(offered('archived', office)).toEqual(['print', 'correct', 'resit', 'scheme']);
});
