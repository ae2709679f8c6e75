import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Query } from '../../db/tx.ts';
import type { ListSheetsInput, SheetItem } from '../../schemas/api/sheets.ts';
import { collegeOf, inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { readStandings } from './sheet-events.ts';
import type { SheetHistory } from './sheet-events.ts';
import { sheetScope } from './sheet-scope.ts';

export interface SheetRow {
  id: string;
  offering_id: string;
  course_id: string;
  code: string;
  name: string;
  class_id: string;
  class_name: string;
  term_id: string;
  term_code: string;
  teacher_id: string | null;
  teacher_name: string | null;
  attempt: number;
  due_on: string;
  opened_at: string;
  version: number;
  students: number;
  entered: number;
}

/** Score sheets in scope: those that wait for somebody first, then the locked, then the archived; the soonest due first. */
export async function listSheets(
  register: Register,
  by: Principal,
  input: ListSheetsInput,
): Promise<{ items: SheetItem[]; next: string | null }> {
  return readTx(register.db, async (tx) => {
    const query = inScope(selectSheets(tx).join(places(tx), 'z.sheet_id', 'h.id'), by, sheetScope);
    const wanted = { 'o.term_id': input.term, 'o.class_id': input.class, 'o.course_id': input.course };
    void query.where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
    if (input.mine === true) void query.where('o.teacher_id', by.userId);
    if (input.state !== undefined) atState(query, input.state);
    const { cursor, limit } = input;
    const page = await keysetPage<SheetRow>(query, {
      id: 'h.id',
      order: ['z.place', 'h.due_on', 'c.code', 'k.name'],
      cursor,
      limit,
    });
    const { today } = await collegeTime(tx, register.systemClock, collegeOf(by));
    const standing = await readStandings(
      tx,
      page.rows.map(({ id }) => id),
    );
    return { items: page.rows.map((row) => sheetHead(row, standing(row.id), today)), next: page.next };
  });
}

export function selectSheets(query: Query): Rows {
  const begun = `SELECT count(*) FROM (
    SELECT d.enrolment_id FROM score_drafts d WHERE d.sheet_id = h.id AND (d.value IS NOT NULL OR d.mark IS NOT NULL)
    UNION SELECT n.enrolment_id FROM score_sheet_rows n JOIN current_scores q ON q.enrolment_id = n.enrolment_id AND q.sheet_id = n.sheet_id
    WHERE n.sheet_id = h.id) AS begun`;
  return query('score_sheets as h')
    .join('offerings as o', 'o.id', 'h.offering_id')
    .join('courses as c', 'c.id', 'o.course_id')
    .join('org_units as k', 'k.id', 'o.class_id')
    .join('terms as m', 'm.id', 'o.term_id')
    .join('plans as l', 'l.id', 'o.plan_id')
    .join('programmes as g', 'g.id', 'l.programme_id')
    .leftJoin('users as u', 'u.id', 'o.teacher_id')
    .select(
      'h.id',
      'h.offering_id',
      'h.attempt',
      'h.due_on',
      'h.opened_at',
      'h.version',
      'c.code',
      'c.name',
      'o.teacher_id',
    )
    .select({ course_id: 'c.id', class_id: 'k.id', class_name: 'k.name', term_id: 'm.id', term_code: 'm.code' })
    .select({ teacher_name: 'u.display_name' })
    .select(query.raw('(SELECT count(*) FROM score_sheet_rows r WHERE r.sheet_id = h.id) AS students'))
    .select(query.raw(`(${begun}) AS entered`));
}

type State = NonNullable<ListSheetsInput['state']>;
const lastKinds: Record<Exclude<State, 'current'>, readonly string[]> = {
  open: ['none', 'returned', 'unlocked'],
  submitted: ['submitted'],
  locked: ['accepted', 'unlock_requested', 'unlock_refused'],
  archived: ['archived'],
};

/** The last event of each sheet, and its place in the list; asked of the database so that pages stay whole. */
function places(query: Query): Rows {
  const last = `COALESCE((SELECT v.kind FROM score_sheet_events v WHERE v.sheet_id = x.id ORDER BY v.ordinal DESC LIMIT 1), 'none')`;
  const kinds = query('score_sheets as x').select({ sheet_id: 'x.id', last: query.raw(last) });
  const place = `CASE y.last WHEN 'archived' THEN 2 WHEN 'accepted' THEN 1 WHEN 'unlock_refused' THEN 1 ELSE 0 END`;
  return query(kinds.as('y'))
    .select('y.sheet_id', 'y.last', { place: query.raw(place) })
    .as('z');
}

function atState(query: Rows, state: State): void {
  if (state === 'current') void query.whereNotIn('z.last', lastKinds.archived);
  else void query.whereIn('z.last', lastKinds[state]);
}

export function sheetHead(row: SheetRow, standing: SheetHistory, today: string): SheetItem {
  const isOpen = standing.state === 'empty' || standing.state === 'draft';
  return {
    id: row.id,
    offeringId: row.offering_id,
    course: { id: row.course_id, code: row.code, name: row.name },
    class: { id: row.class_id, name: row.class_name },
    term: { id: row.term_id, code: row.term_code },
    teacher: row.teacher_id === null ? null : { id: row.teacher_id, name: row.teacher_name ?? '' },
    attempt: Number(row.attempt),
    dueOn: row.due_on,
    overdue: isOpen && row.due_on < today,
    state: standing.state,
    unlockAsked: standing.request !== null,
    reason: standing.reason,
    since: standing.since ?? row.opened_at,
    students: Number(row.students),
    entered: Number(row.entered),
    version: Number(row.version),
  };
}
