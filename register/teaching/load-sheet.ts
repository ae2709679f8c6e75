import type { Tx } from '../../db/tx.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import { mayHappen } from '../../rules/sheet-state.ts';
import type { SheetEventKind } from '../../rules/sheet-state.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { readStandings } from './sheet-events.ts';
import type { SheetHistory } from './sheet-events.ts';

export interface Component {
  id: string;
  name: string;
  kind: string;
  weight: number;
  max_score: number;
  unit_id: string | null;
}

export interface SheetRow {
  enrolment_id: string;
  person_id: string;
  status: string;
}

export interface Sheet {
  id: string;
  collegeId: string;
  offeringId: string;
  courseId: string;
  classId: string;
  termId: string;
  planId: string;
  teacherId: string | null;
  attempt: number;
  dueOn: string;
  version: number;
  components: Component[];
  rows: SheetRow[];
  standing: SheetHistory;
}

/** A sheet of the caller's college with its rows, components and where it stands. */
export async function loadSheet(tx: Tx, { id, collegeId }: { id: string; collegeId: string | null }): Promise<Sheet> {
  const row = await tx('score_sheets as s')
    .join('offerings as o', 'o.id', 's.offering_id')
    .where({ 's.id': id, 's.college_id': collegeId })
    .first(
      's.college_id',
      's.offering_id',
      's.attempt',
      's.due_on',
      's.version',
      'o.course_id',
      'o.class_id',
      'o.term_id',
      'o.plan_id',
      'o.teacher_id',
      'o.scheme_id',
    );
  if (!row) throw new Problem('not_found');
  const standing = await readStandings(tx, [id]);
  return {
    id,
    collegeId: row.college_id,
    offeringId: row.offering_id,
    courseId: row.course_id,
    classId: row.class_id,
    termId: row.term_id,
    planId: row.plan_id,
    teacherId: row.teacher_id,
    attempt: row.attempt,
    dueOn: row.due_on,
    version: row.version,
    components: await tx('scheme_components')
      .where({ scheme_id: row.scheme_id })
      .orderBy('ordinal')
      .select('id', 'name', 'kind', 'weight', 'max_score', 'unit_id'),
    rows: await tx('score_sheet_rows')
      .join('enrolments', 'enrolments.id', 'score_sheet_rows.enrolment_id')
      .where({ sheet_id: id })
      .orderBy('student_no')
      .select('enrolment_id', 'person_id', 'status'),
    standing: standing(id),
  };
}

/** The same, held until the transaction ends: of two people at one sheet the second sees what the first has done. */
export async function lockSheet(tx: Tx, of: { id: string; collegeId: string | null }): Promise<Sheet> {
  await tx('score_sheets').where({ id: of.id }).forUpdate().first('id');
  return loadSheet(tx, of);
}

/** Rows that may be entered now. */
export function openRows({ rows, standing }: Sheet): SheetRow[] {
  const { open } = standing;
  if (open === 'none') return [];
  return open === 'all' ? rows : rows.filter((row) => open.includes(row.enrolment_id));
}

export interface DraftCell {
  enrolment_id: string;
  component_id: string;
  value: number | null;
  mark: Mark | null;
}

interface NewEvent {
  sheet: Sheet;
  kind: SheetEventKind;
  actorId: string;
  /** By the college's clock. */
  now: string;
  reason?: string | undefined;
  body?: Record<string, unknown>;
}

/** One step in the life of a sheet, refused where the sheet does not stand as it must. Moves the sheet's version. */
export async function addSheetEvent(
  register: Register,
  tx: Tx,
  { sheet, kind, actorId, now, reason, body = {} }: NewEvent,
): Promise<number> {
  if (!mayHappen(kind, sheet.standing)) throw new Problem('sheet_state', [], { state: sheet.standing.state });
  await tx('score_sheet_events').insert({
    id: register.newId('event'),
    sheet_id: sheet.id,
    ordinal: (sheet.standing.events.at(-1)?.ordinal ?? 0) + 1,
    kind,
    reason: reason ?? null,
    body: JSON.stringify(body),
    actor_id: actorId,
    at: now,
  });
  return moveVersion(tx, sheet);
}

export async function moveVersion(tx: Tx, { id, version }: Pick<Sheet, 'id' | 'version'>): Promise<number> {
  const changed: number = await tx('score_sheets')
    .where({ id, version })
    .update({ version: version + 1 });
  if (changed !== 1) throw new Problem('stale');
  return version + 1;
}
