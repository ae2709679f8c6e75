import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { weightedCourseResult } from '../../rules/derived/course-result.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import type { SheetView } from '../../schemas/api/sheets.ts';
import { collegeOf, oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { selectSheets, sheetHead } from './list-sheets.ts';
import type { SheetRow } from './list-sheets.ts';
import { readComponents } from './read-schemes.ts';
import { readStandings } from './sheet-events.ts';
import { sheetScope } from './sheet-scope.ts';

type Row = SheetView['rows'][number];
type Cell = Row['cells'][number];
type Component = SheetView['components'][number];

/** A sheet as its grid shows it: drafts over what is on record, and what each row comes to. */
export async function readSheet(register: Register, by: Principal, id: string): Promise<SheetView> {
  return readTx(register.db, async (tx) => {
    const row = await oneInScope<SheetRow & { scheme_id: string }>(
      selectSheets(tx).where('h.id', id).select('o.scheme_id'),
      by,
      sheetScope,
    );
    const { today } = await collegeTime(tx, register.systemClock, collegeOf(by));
    const standing = (await readStandings(tx, [id]))(id);
    const components = (await readComponents(tx, [row.scheme_id])).get(row.scheme_id) ?? [];
    const names = await namesOf(
      tx,
      standing.events.map(({ actorId }) => actorId),
    );
    const named = (user: string) => ({ id: user, name: names.get(user) ?? '' });
    const { request } = standing;
    return {
      ...sheetHead(row, standing, today),
      components,
      open: standing.open === 'all' || standing.open === 'none' ? standing.open : [...standing.open],
      request: request && {
        by: named(request.actorId),
        at: request.at,
        reason: request.reason,
        rows: [...(request.rows ?? [])],
      },
      rows: await readRows(tx, { sheetId: id, components }),
      events: standing.events.map(({ kind, at, actorId, reason }) => ({ kind, at, by: named(actorId), reason })),
    };
  });
}

async function namesOf(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx('users')
    .whereIn('id', [...new Set(userIds)])
    .select('id', 'display_name');
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

interface Asked {
  sheetId: string;
  components: readonly Component[];
}

interface StoredScore {
  enrolment_id: string;
  key: string;
  value: number | null;
  mark: Mark | null;
  version: number;
}

async function readRows(tx: Tx, { sheetId, components }: Asked): Promise<Row[]> {
  const students: { id: string; student_no: string; name: string }[] = await tx('score_sheet_rows as r')
    .join('enrolments as e', 'e.id', 'r.enrolment_id')
    .join('people as p', 'p.id', 'e.person_id')
    .where('r.sheet_id', sheetId)
    .orderBy('e.student_no')
    .select('e.id', 'e.student_no', 'p.name');
  const drafts: StoredScore[] = await tx('score_drafts')
    .where({ sheet_id: sheetId })
    .select('enrolment_id', 'value', 'mark', { key: 'component_id' });
  const recorded: StoredScore[] = await tx('score_sheet_rows as r')
    .join('current_scores as s', (on) => on.on('s.enrolment_id', 'r.enrolment_id').andOn('s.sheet_id', 'r.sheet_id'))
    .join('score_events as v', 'v.id', 's.event_id')
    .where('r.sheet_id', sheetId)
    .select('s.enrolment_id', 's.value', 's.mark', 'v.version', { key: 's.component_key' });
  const draftOf = groupBy(drafts, (row) => row.enrolment_id);
  const recordOf = groupBy(recorded, (row) => row.enrolment_id);
  return students.map(({ id, student_no: studentNo, name }) => {
    const own = { drafts: draftOf.get(id) ?? [], recorded: recordOf.get(id) ?? [] };
    const cells = cellsOf(components, own);
    return { enrolmentId: id, studentNo, name, cells, result: resultOf(components, cells) };
  });
}

interface Own {
  drafts: readonly StoredScore[];
  recorded: readonly StoredScore[];
}

/** One cell a component; a total that an import left stands alone. */
function cellsOf(components: readonly Component[], own: Own): Cell[] {
  const total = own.recorded.find(({ key }) => key === 'total');
  if (total) return [cellOf(null, { draft: undefined, record: total })];
  return components.map(({ id }) => {
    const ofIt = ({ key }: StoredScore): boolean => key === id;
    return cellOf(id, { draft: own.drafts.find(ofIt), record: own.recorded.find(ofIt) });
  });
}

interface Layers {
  draft: StoredScore | undefined;
  record: StoredScore | undefined;
}

function cellOf(componentId: string | null, { draft, record }: Layers): Cell {
  const shown = draft ?? record;
  const value = (one: StoredScore | undefined) => (one?.value == null ? null : Number(one.value));
  return {
    componentId,
    value: value(shown),
    mark: shown?.mark ?? null,
    recorded: record ? { value: value(record), mark: record.mark, version: Number(record.version) } : null,
  };
}

const WHOLE = 10_000;
const HUNDRED_POINTS = 1000;

function resultOf(components: readonly Component[], cells: readonly Cell[]): Row['result'] {
  const weights = new Map(components.map(({ id, weight, maxScore }) => [id, { weight, maxScore }]));
  const parts = cells.map(({ componentId, value, mark }) => ({
    ...(weights.get(componentId ?? '') ?? { weight: WHOLE, maxScore: HUNDRED_POINTS }),
    value,
    mark,
  }));
  if (parts.reduce((sum, { weight }) => sum + weight, 0) !== WHOLE) return { kind: 'missing', value: null, mark: null };
  const result = weightedCourseResult(parts);
  if (result.kind === 'result') return result;
  return { kind: result.kind, value: null, mark: null };
}
