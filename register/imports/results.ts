import { insertRows } from '../../db/rows.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Around, Batch, Checked, Dependent, Kind, Row, Writing, Written } from './kind.ts';
import { findStandards, findStudents, rowsIn, standardFaults, studentFaults, without } from './look-up.ts';
import type { KnownStudent } from './look-up.ts';
import { countOf } from './students-undo.ts';

type ResultValues = ImportRow<'results'>;

interface KnownPathway {
  id: string;
  enrolment_id: string;
  standard_id: string;
  level: string;
  applied_on: string | null;
  closed_at: string | null;
}

interface KnownResult {
  pathway_id: string;
  version: number;
  assessed_on: string;
  theory: number | null;
  practical: number | null;
  review: number | null;
  mark: string;
}

/** Of a batch that was undone, a result no longer counts. */
type RecordedResult = KnownResult & { batch_state: string | null };

interface Found {
  row: Row<ResultValues>;
  student: KnownStudent;
  pathway: KnownPathway;
  version: number;
}

export const resultsKind: Kind<ResultValues, readonly Found[]> = { check, write, dependents, undo };

async function check(around: Around, rows: readonly Row<ResultValues>[]): Promise<Checked<readonly Found[]>> {
  const { tx, fault, time } = around;
  const students = await findStudents(
    around,
    rows.map(({ values }) => values.studentNo),
  );
  const standardsOf = await findStandards(tx);
  const pathways = await findPathways(
    around,
    [...students.values()].map(({ id }) => id),
  );
  const recorded = await findResults(
    around,
    [...pathways.values()].map(({ id }) => id),
  );
  const faults: RowFault[] = [];
  const warnings: RowFault[] = [];
  const found: Found[] = [];
  const next = new Map<string, number>();
  // several results of one pathway become versions in the order of their dates
  for (const row of [...rows].sort(byDate)) {
    const { studentNo, occupationCode, edition, level, assessedOn } = row.values;
    const student = students.get(studentNo);
    faults.push(...studentFaults(around, row, student));
    const standards = standardsOf(occupationCode, edition);
    faults.push(...standardFaults(around, row, standards));
    if (assessedOn > time.today)
      faults.push(fault(row, 'date_in_future', 'assessedOn', { detail: { today: time.today } }));
    if (!student || standards.length !== 1) continue;
    const pathway = pathways.get(`${student.id}/${standards[0]}/${level}`);
    if (!pathway) faults.push(fault(row, 'pathway_unknown', 'level'));
    else if (pathway.closed_at !== null) faults.push(fault(row, 'pathway_closed', 'level'));
    if (!pathway) continue;
    if (pathway.applied_on === null) warnings.push(fault(row, 'not_applied', 'studentNo'));
    const before = recorded.get(pathway.id) ?? [];
    if (before.some((result) => result.assessed_on === assessedOn && counts(result)))
      faults.push(fault(row, 'result_recorded', 'assessedOn'));
    const version = (next.get(pathway.id) ?? before.at(-1)?.version ?? 0) + 1;
    next.set(pathway.id, version);
    found.push({ row, student, pathway, version });
  }
  const good = without(rows, faults);
  const work = found.filter(({ row }) => good.includes(row));
  return {
    faults,
    warnings,
    summary: { results: work.length },
    versions: work.map(({ pathway, student, version }) => [pathway.id, student.version, version, pathway.closed_at]),
    work,
  };
}

const byDate = (a: Row<ResultValues>, b: Row<ResultValues>): number =>
  a.values.assessedOn < b.values.assessedOn ? -1 : a.values.assessedOn > b.values.assessedOn ? 1 : a.row - b.row;

/** An undone batch leaves a result that says nothing as the last word. */
const counts = ({ theory, practical, review, mark, batch_state }: RecordedResult): boolean =>
  batch_state !== 'undone' && (theory !== null || practical !== null || review !== null || mark !== 'none');

async function findPathways({ tx }: Around, enrolmentIds: readonly string[]): Promise<Map<string, KnownPathway>> {
  const rows = await rowsIn(enrolmentIds, (page) =>
    tx('pathways')
      .where({ type: 'skill' })
      .whereIn('enrolment_id', page)
      .select<KnownPathway[]>('id', 'enrolment_id', 'standard_id', 'level', 'applied_on', 'closed_at'),
  );
  return new Map(rows.map((row) => [`${row.enrolment_id}/${row.standard_id}/${row.level}`, row]));
}

async function findResults({ tx }: Around, pathwayIds: readonly string[]): Promise<Map<string, RecordedResult[]>> {
  const rows = await rowsIn(pathwayIds, (page) =>
    tx('assessment_results')
      .leftJoin('import_batches', 'import_batches.id', 'assessment_results.batch_id')
      .whereIn('pathway_id', page)
      .orderBy(['pathway_id', 'assessment_results.version'])
      .select<RecordedResult[]>('assessment_results.*', 'import_batches.state as batch_state'),
  );
  const byPathway = new Map<string, RecordedResult[]>();
  for (const row of rows) byPathway.set(row.pathway_id, [...(byPathway.get(row.pathway_id) ?? []), row]);
  return byPathway;
}

async function write(writing: Writing, work: readonly Found[]): Promise<Written> {
  const { tx } = writing;
  const rows = work.map(({ row: { values }, pathway, version }) =>
    resultRow(writing, {
      pathway_id: pathway.id,
      version,
      theory: values.theory,
      practical: values.practical,
      review: values.review,
      mark: values.mark ?? 'none',
      assessed_on: values.assessedOn,
      reason: null,
    }),
  );
  await insertRows(tx, 'assessment_results', rows);
  await insertRows(
    tx,
    'decision_points',
    rows.map((row) => pointRow(writing, row)),
  );
  return {
    cases: work.map(({ pathway }) => pathway.enrolment_id),
    people: work.map(({ student, row }) => ({ personId: student.person_id, value: row.values })),
  };
}

interface NewResult extends KnownResult {
  reason: string | null;
}

function resultRow({ register, collegeId, batchId, actorId, time }: Writing, result: NewResult) {
  const row = {
    id: register.newId('result'),
    college_id: collegeId,
    ...result,
    actor_id: actorId,
    batch_id: batchId,
    at: time.now,
  };
  return { ...row, mac: register.db.keys.rowMac('assessment_results', row) };
}

/** A level result concluded is a decision point, one a version. */
const pointRow = ({ register, time }: Writing, { pathway_id, version }: { pathway_id: string; version: number }) => ({
  id: register.newId('event'),
  pathway_id,
  kind: 'level_result',
  key: String(version),
  reached_at: time.now,
});

const mine = ({ tx }: Around, batch: Batch) => tx('assessment_results').where({ batch_id: batch.id });

/** A later result, a conclusion drawn since, or a certificate stands on these rows. */
async function dependents(around: Around, batch: Batch): Promise<Dependent[]> {
  const { tx } = around;
  const pathways = () => mine(around, batch).select('pathway_id');
  const later = tx('assessment_results as later')
    .whereIn('pathway_id', pathways())
    .where('at', '>', batch.committedAt)
    .whereRaw("COALESCE(batch_id, '') <> ?", [batch.id]);
  const notices = tx('public_notices').whereIn('pathway_id', pathways()).where('opened_at', '>=', batch.committedAt);
  const certificates = tx('certificates').whereIn('pathway_id', pathways()).whereNot({ state: 'void' });
  const found = [
    { code: 'assessment_results', count: await countOf(later) },
    { code: 'public_notices', count: await countOf(notices) },
    { code: 'certificates', count: await countOf(certificates) },
  ];
  return found.filter(({ count }) => count > 0);
}

/** Results are never deleted: a further version brings back what stood before the batch, or nothing. */
async function undo(writing: Writing, batch: Batch): Promise<string[]> {
  const { tx } = writing;
  const own: KnownResult[] = await mine(writing, batch).orderBy(['pathway_id', 'version']);
  const last = new Map(own.map((result) => [result.pathway_id, result]));
  const first = new Map([...own].reverse().map((result) => [result.pathway_id, result]));
  const before = await findResults(writing, [...last.keys()]);
  const rows = [...last.values()].map((result) => {
    const earlier = before
      .get(result.pathway_id)
      ?.filter(({ version }) => version < (first.get(result.pathway_id)?.version ?? 0))
      .at(-1);
    const {
      theory = null,
      practical = null,
      review = null,
      mark = 'none',
      assessed_on = result.assessed_on,
    } = earlier ?? {};
    const restored = { theory, practical, review, mark, assessed_on };
    return resultRow(writing, {
      pathway_id: result.pathway_id,
      version: result.version + 1,
      ...restored,
      reason: 'import_undone',
    });
  });
  await insertRows(tx, 'assessment_results', rows);
  await insertRows(
    tx,
    'decision_points',
    rows.map((row) => pointRow(writing, row)),
  );
  return tx('pathways')
    .whereIn('id', [...last.keys()])
    .distinct()
    .pluck('enrolment_id');
}
