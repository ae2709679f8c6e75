import type { Rows } from '../../db/keyset.ts';
import type { Tx } from '../../db/tx.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { sheetScope } from '../teaching/sheet-scope.ts';
import { firstOf } from './page.ts';
import type { Waiting } from './read-home.ts';

interface SheetRow {
  id: string;
  course: string;
  class: string;
  due_on: string;
  since: string;
}

type LastEvent = 'none' | 'submitted' | 'returned' | 'unlocked' | 'unlock_requested';

/** Sheets `h` in scope whose last event `v` is one of these. */
function sheets(tx: Tx, by: Principal, last: readonly LastEvent[]): Rows {
  const rows = tx('score_sheets as h')
    .join('offerings as o', 'o.id', 'h.offering_id')
    .join('courses as c', 'c.id', 'o.course_id')
    .join('org_units as k', 'k.id', 'o.class_id')
    .join('plans as l', 'l.id', 'o.plan_id')
    .join('programmes as g', 'g.id', 'l.programme_id')
    .leftJoin(
      'score_sheet_events as v',
      (on) =>
        void on
          .on('v.sheet_id', 'h.id')
          .andOn('v.ordinal', tx.raw('(SELECT max(m.ordinal) FROM score_sheet_events m WHERE m.sheet_id = h.id)')),
    )
    .select({ id: 'h.id', course: 'c.name', class: 'k.name', due_on: 'h.due_on' })
    .select(tx.raw('COALESCE(v.at, h.opened_at) AS since'));
  void rows.where((some: Rows) => {
    if (last.includes('none')) void some.whereNull('v.kind');
    void some.orWhereIn('v.kind', last);
  });
  return inScope(rows, by, sheetScope);
}

/** Whoever edits by a wider scope than teaching sees only the sheets that are theirs to fill. */
function own(tx: Tx, by: Principal, last: readonly LastEvent[]): Rows {
  return sheets(tx, by, last).where('o.teacher_id', by.userId);
}

const item = (row: SheetRow) => ({
  id: row.id,
  title: row.course,
  detail: row.class,
  studentId: null,
  since: row.since,
  until: row.due_on,
});

export const sheetsDue = (tx: Tx, by: Principal): Promise<Waiting> =>
  firstOf(own(tx, by, ['none', 'unlocked']), ['h.due_on', 'h.id'], item);
export const sheetsReturned = (tx: Tx, by: Principal): Promise<Waiting> =>
  firstOf(own(tx, by, ['returned']), ['h.due_on', 'h.id'], item);
export const sheetsToAccept = (tx: Tx, by: Principal): Promise<Waiting> =>
  firstOf(sheets(tx, by, ['submitted']), ['v.at', 'h.id'], item);
export const unlocksAsked = (tx: Tx, by: Principal): Promise<Waiting> =>
  firstOf(sheets(tx, by, ['unlock_requested']), ['v.at', 'h.id'], item);
