import { weightedCourseResult } from '../../rules/derived/course-result.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Term } from '../college/terms.ts';
import type { Around, Checked, Kind, Row } from './kind.ts';
import { findCourses, findStudents, studentFaults, unique } from './look-up.ts';
import type { KnownCourse, KnownStudent } from './look-up.ts';
import { chooseScheme } from './scores-schemes.ts';
import type { ChosenScheme } from './scores-schemes.ts';
import { lookUp } from './scores-look-up.ts';
import type { KnownSheet, ScoresKnown } from './scores-look-up.ts';
import { dependentsOfScores, undoScores } from './scores-undo.ts';
import { writeScores } from './scores-write.ts';

export type ScoreValues = ImportRow<'scores'>;
type ScoreRow = Row<ScoreValues>;

export interface Cell {
  enrolmentId: string;
  personId: string;
  /** Null: the course total. */
  component: string | null;
  value: number | null;
  mark: Mark | null;
}

/** What the file holds for one class, course, term and attempt. */
export interface SheetWork {
  classId: string;
  courseId: string;
  planId: string;
  term: Term;
  attempt: number;
  offeringId: string | null;
  sheet: KnownSheet | null;
  scheme: ChosenScheme;
  cells: Cell[];
}

export const scoresKind: Kind<ScoreValues, readonly SheetWork[]> = {
  check,
  write: writeScores,
  dependents: dependentsOfScores,
  undo: undoScores,
};

/** A row with everything it names found. */
interface Placed {
  row: ScoreRow;
  student: KnownStudent;
  course: KnownCourse;
  term: Term;
  offering: { id: string; schemeId: string } | undefined;
  sheet: KnownSheet | undefined;
}

async function check(around: Around, rows: readonly ScoreRow[]): Promise<Checked<readonly SheetWork[]>> {
  const students = await findStudents(
    around,
    rows.map(({ values }) => values.studentNo),
  );
  const courses = await findCourses(
    around,
    rows.map(({ values }) => values.courseCode),
  );
  const known = await lookUp(around, { students, courses });
  const faults: RowFault[] = [];
  const warnings: RowFault[] = [];
  const placed: Placed[] = [];
  const termOf = new Map<string, string>();
  for (const row of rows) {
    const student = students.get(row.values.studentNo);
    const course = courses.get(row.values.courseCode);
    const own = studentFaults(around, row, student);
    if (!course) own.push(around.fault(row, 'course_unknown', 'courseCode'));
    const place = student && course && placeRow(around, known, { row, student, course });
    if (place && 'faults' in place) own.push(...place.faults);
    if (place && !('faults' in place) && own.length === 0) {
      const attempt = `${place.student.id}/${place.course.id}/${row.values.attempt}`;
      const other = termOf.get(attempt);
      termOf.set(attempt, other ?? place.term.id);
      if (other === undefined || other === place.term.id) placed.push(place);
      else own.push(around.fault(row, 'score_recorded', 'termNo', { detail: { attempt: row.values.attempt ?? 1 } }));
    }
    faults.push(...own);
  }
  const schemes = schemesOf(around, known, placed);
  const sheets = new Map<string, SheetWork>();
  for (const attempt of groupsOf(placed, attemptName).values()) {
    const scheme = schemes.get(sheetName(attempt[0] as Placed)) as ChosenScheme; // every placed row has one
    const read = cellsOf(around, attempt, scheme);
    faults.push(...read.faults);
    warnings.push(...read.warnings);
    if (read.faults.length === 0) addCells(sheets, attempt[0] as Placed, { scheme, cells: read.cells });
  }
  for (const place of placed)
    if (schemes.get(sheetName(place))?.assumed) warnings.push(around.fault(place.row, 'weights_assumed', 'courseCode'));
  const work = [...sheets.values()];
  return {
    faults,
    warnings: onePerCourse(warnings),
    summary: {
      scores: work.reduce((sum, { cells }) => sum + cells.length, 0),
      sheets: work.filter(({ sheet }) => sheet === null).length,
      students: unique(work.flatMap(({ cells }) => cells.map(({ enrolmentId }) => enrolmentId))).length,
    },
    versions: work.map(({ cells, scheme, sheet, classId, courseId, term, attempt, offeringId }) => [
      [classId, courseId, term.id, attempt],
      [offeringId, sheet?.id ?? null, sheet?.version ?? null, scheme.id],
      cells.map(({ enrolmentId }) => enrolmentId),
    ]),
    work,
  };
}

const attemptName = ({ row: { values }, student, term }: Placed): string =>
  `${student.id}/${values.courseCode}/${term.id}/${values.attempt}`;
const sheetName = ({ row: { values }, student, course, term }: Placed): string =>
  `${student.class_id}/${course.id}/${term.id}/${values.attempt}`;

function groupsOf(placed: readonly Placed[], nameOf: (place: Placed) => string): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const place of placed) {
    const group = groups.get(nameOf(place));
    if (group) group.push(place);
    else groups.set(nameOf(place), [place]);
  }
  return groups;
}

function placeRow(
  { fault, time }: Around,
  known: ScoresKnown,
  { row, student, course }: { row: ScoreRow; student: KnownStudent; course: KnownCourse },
): Placed | { faults: RowFault[] } {
  const { termNo } = row.values;
  const attempt = row.values.attempt ?? 1;
  if (!known.planCourses.has(`${student.plan_id}/${course.id}`))
    return { faults: [fault(row, 'course_not_in_plan', 'courseCode')] };
  const term = known.termOf(student.plan_id, termNo);
  if (!term) return { faults: [fault(row, 'term_unknown', 'termNo')] };
  if (term.startsOn > time.today) return { faults: [fault(row, 'term_not_begun', 'termNo')] };
  const offering = known.offerings.get(`${student.class_id}/${course.id}/${term.id}`);
  const sheet = offering && known.sheets.get(`${offering.id}/${attempt}`);
  if (sheet?.state === 'empty' || sheet?.state === 'draft') return { faults: [fault(row, 'sheet_open', 'courseCode')] };
  if (sheet && sheet.state !== 'archived') return { faults: [fault(row, 'sheet_closed', 'courseCode')] };
  if (known.scored.has(`${student.id}/${course.id}/${attempt}`))
    return { faults: [fault(row, 'score_recorded', 'studentNo', { detail: { attempt } })] };
  return { row, student, course, term, offering, sheet };
}

/** One scheme a sheet; sheets of one course that are new share the scheme its components ask for. */
function schemesOf(around: Around, known: ScoresKnown, placed: readonly Placed[]): Map<string, ChosenScheme> {
  const { weights } = around.options;
  const chosen = new Map<string, ChosenScheme>();
  for (const [courseId, rows] of groupsOf(placed, ({ course }) => course.id)) {
    const names = unique(rows.flatMap(({ row }) => row.values.component ?? []));
    const schemes = known.schemes.get(courseId) ?? [];
    const code = rows[0]?.course.code ?? '';
    const common = chooseScheme({ names, weights: weights?.[code] ?? weights?.['*'], known: schemes });
    for (const place of rows) {
      const own = place.offering && schemes.find(({ id }) => id === place.offering?.schemeId);
      chosen.set(sheetName(place), own ? { id: own.id, components: own.components, assumed: false } : common);
    }
  }
  return chosen;
}

interface Read {
  cells: Cell[];
  faults: RowFault[];
  warnings: RowFault[];
}

/** What the file says about one student's attempt: components, a total, or both where the total only confirms them. */
function cellsOf({ fault }: Around, attempt: readonly Placed[], { components }: ChosenScheme): Read {
  const first = attempt[0] as Placed; // groups are never empty
  const named = new Map(
    attempt.flatMap((place) =>
      place.row.values.component === null ? [] : [[place.row.values.component, place] as const],
    ),
  );
  const total = attempt.find(({ row }) => row.values.component === null)?.row;
  const cell = (component: string | null, { score, mark }: Pick<ScoreValues, 'score' | 'mark'>): Cell => ({
    enrolmentId: first.student.id,
    personId: first.student.person_id,
    component,
    value: score,
    mark: mark as Mark | null, // the importer allows no other
  });
  const none: Read = { cells: [], faults: [], warnings: [] };
  if (named.size === 0) return total ? { ...none, cells: [cell(null, total.values)] } : none;

  const list = components.map(({ name }) => name);
  const strange = [...named].filter(([name]) => !list.includes(name));
  if (strange.length > 0)
    return {
      ...none,
      faults: strange.map(([, { row }]) =>
        fault(row, 'component_unknown', 'component', { detail: { components: list.join('、') } }),
      ),
    };
  const cells = [...named].map(([name, { row }]) => cell(name, row.values));
  const missing = list.filter((name) => !named.has(name));
  const words = { detail: { components: missing.join('、') } };
  if (total?.values.mark) {
    if (missing.length === 0) return { ...none, faults: [fault(total, 'mark_beside_scores', 'mark')] };
    return {
      ...none,
      cells: [...cells, ...missing.map((name) => cell(name, { score: null, mark: total.values.mark }))],
    };
  }
  if (missing.length > 0) {
    const said = fault(
      total ?? first.row,
      total ? 'total_without_components' : 'components_incomplete',
      'score',
      words,
    );
    return total ? { ...none, faults: [said] } : { cells, faults: [], warnings: [said] };
  }
  const weighted = total ? differing({ cells, components, total: total.values.score ?? 0 }) : null;
  if (total && weighted !== null)
    return {
      ...none,
      faults: [
        fault(total, 'total_differs', 'score', { value: points(total.values.score ?? 0, 10), detail: { weighted } }),
      ],
    };
  return { ...none, cells };
}

const HALF_A_POINT = 50;

/** The weighted result as text where the total is further from it than rounding to whole points explains. */
function differing({
  cells,
  components,
  total,
}: {
  cells: readonly Cell[];
  components: ChosenScheme['components'];
  total: number;
}): string | null {
  const weighted = weightedCourseResult(
    components.map(({ name, weight, max }) => {
      const { value = null, mark = null } = cells.find(({ component }) => component === name) ?? {};
      return { weight, value, mark, maxScore: max };
    }),
  );
  const value = weighted.kind === 'result' ? weighted.value : null;
  if (value !== null && Math.abs(value - total * 10) <= HALF_A_POINT) return null;
  return value === null ? '—' : points(value, 100);
}

const points = (value: number, unit: number): string => String(value / unit);

function addCells(
  sheets: Map<string, SheetWork>,
  place: Placed,
  { scheme, cells }: { scheme: ChosenScheme; cells: Cell[] },
): void {
  const { student, course, term, row, offering, sheet } = place;
  const known = sheets.get(sheetName(place));
  if (known) known.cells.push(...cells);
  else
    sheets.set(sheetName(place), {
      classId: student.class_id,
      courseId: course.id,
      planId: student.plan_id,
      term,
      attempt: row.values.attempt ?? 1,
      offeringId: offering?.id ?? null,
      sheet: sheet ?? null,
      scheme,
      cells: [...cells],
    });
}

/** Weights are assumed for a course, not for each of its rows. */
function onePerCourse(warnings: readonly RowFault[]): RowFault[] {
  const said = new Set<string>();
  return warnings.filter(({ code, value }) => {
    if (code !== 'weights_assumed') return true;
    const isFirst = !said.has(value);
    said.add(value);
    return isFirst;
  });
}
