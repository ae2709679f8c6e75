import { insertRows } from '../../db/rows.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Around, Batch, Checked, Dependent, Kind, Row, Writing, Written } from './kind.ts';
import { findStudents, rowsIn, studentFaults, unique, without } from './look-up.ts';
import type { KnownStudent } from './look-up.ts';
import { countOf } from './students-undo.ts';

type OutcomeValues = ImportRow<'outcomes'>;

interface OutcomeWork {
  rows: readonly Row<OutcomeValues>[];
  students: ReadonlyMap<string, KnownStudent>;
}

export const outcomesKind: Kind<OutcomeValues, OutcomeWork> = { check, write, dependents, undo };

const SKILL_LEVELS = ['five', 'four', 'three', 'two', 'one'];
/** 初级 of an X certificate and 初级工 are never merged (domain.md §1). */
const levelsOf: Readonly<Record<string, readonly string[]>> = {
  skill_certificate: [...SKILL_LEVELS, 'none'], // 专项职业能力证书 has none
  occupational_qualification: SKILL_LEVELS,
  x_certificate: ['junior', 'intermediate', 'senior'],
};
const levelTitles: Readonly<Record<string, string>> = {
  skill_certificate: '五级、四级、三级、二级、一级、无等级',
  occupational_qualification: '五级、四级、三级、二级、一级',
  x_certificate: '初级、中级、高级',
};

async function check(around: Around, rows: readonly Row<OutcomeValues>[]): Promise<Checked<OutcomeWork>> {
  const students = await findStudents(
    around,
    rows.map(({ values }) => values.studentNo),
  );
  const taken = await findNumbers(around, rows);
  const faults: RowFault[] = [];
  const warnings: RowFault[] = [];
  for (const row of rows) {
    faults.push(...studentFaults(around, row, students.get(row.values.studentNo)), ...valueFaults(around, row));
    const owner = row.values.number === null ? undefined : taken.get(numberName(row.values));
    if (owner !== undefined)
      faults.push(around.fault(row, 'certificate_number_taken', 'number', { detail: { studentNo: owner } }));
    warnings.push(...incomplete(around, row));
  }
  const good = without(rows, faults);
  const used = unique(good.map(({ values }) => values.studentNo));
  return {
    faults,
    warnings,
    summary: { outcomes: good.length, students: used.length },
    versions: used.map((number) => [number, students.get(number)?.id]),
    work: { rows: good, students },
  };
}

function valueFaults({ fault, time }: Around, row: Row<OutcomeValues>): RowFault[] {
  const { kind, level, issuedOn } = row.values;
  const faults: RowFault[] = [];
  const levels = levelsOf[kind];
  if (level !== null && levels && !levels.includes(level))
    faults.push(fault(row, 'level_for_kind', 'level', { detail: { levels: levelTitles[kind] ?? '' } }));
  if (issuedOn > time.today) faults.push(fault(row, 'date_in_future', 'issuedOn', { detail: { today: time.today } }));
  return faults;
}

function incomplete({ fault }: Around, row: Row<OutcomeValues>): RowFault[] {
  const { kind, level, contestTier, contestPrize } = row.values;
  if (levelsOf[kind] && level === null) return [fault(row, 'level_missing', 'level')];
  if (kind === 'contest_award' && (contestTier === null || contestPrize === null))
    return [fault(row, 'contest_incomplete', 'contestTier')];
  return [];
}

const numberName = ({ kind, issuer, number }: Pick<OutcomeValues, 'kind' | 'issuer' | 'number'>): string =>
  JSON.stringify([kind, issuer, number]);

/** Whose a certificate number is already: each certificate belongs to one person. */
async function findNumbers(
  { tx, collegeId }: Around,
  rows: readonly Row<OutcomeValues>[],
): Promise<Map<string, string>> {
  const numbers = rows.flatMap(({ values }) => values.number ?? []);
  const found = await rowsIn(numbers, (page) =>
    tx('learning_outcomes')
      .join('enrolments', 'enrolments.id', 'learning_outcomes.enrolment_id')
      .where('learning_outcomes.college_id', collegeId)
      .whereIn('number', page)
      .select<{ kind: string; issuer: string; number: string; student_no: string }[]>(
        'kind',
        'issuer',
        'number',
        'student_no',
      ),
  );
  return new Map(found.map((row) => [numberName(row), row.student_no]));
}

async function write(
  { register, tx, collegeId, batchId, time }: Writing,
  { rows, students }: OutcomeWork,
): Promise<Written> {
  const found = rows.map(({ values }) => ({ values, student: students.get(values.studentNo) as KnownStudent })); // checked
  await insertRows(
    tx,
    'learning_outcomes',
    found.map(({ values, student }) => ({
      id: register.newId('outcome'),
      college_id: collegeId,
      enrolment_id: student.id,
      origin: 'outside',
      kind: values.kind,
      name: values.outcomeName,
      occupation_code: values.occupationCode,
      level: values.level,
      contest_tier: values.contestTier,
      contest_prize: values.contestPrize,
      number: values.number,
      issuer: values.issuer,
      issued_on: values.issuedOn,
      expires_on: values.expiresOn,
      verified: values.verified === null ? null : values.verified ? 1 : 0,
      score: values.score,
      credits: values.credits,
      batch_id: batchId,
      created_at: time.now,
      version: 1,
    })),
  );
  return {
    cases: unique(found.map(({ student }) => student.id)),
    people: found.map(({ values, student }) => ({ personId: student.person_id, value: values })),
  };
}

async function dependents({ tx }: Around, batch: Batch): Promise<Dependent[]> {
  const mine = () => tx('learning_outcomes').where({ batch_id: batch.id }).select('id');
  const found = [
    { code: 'credit_applications', count: await countOf(tx('credit_applications').whereIn('outcome_id', mine())) },
    { code: 'decisions', count: await countOf(tx('decisions').whereIn('subject_id', mine())) },
  ];
  return found.filter(({ count }) => count > 0);
}

async function undo({ tx }: Writing, batch: Batch): Promise<string[]> {
  const cases: string[] = await tx('learning_outcomes').where({ batch_id: batch.id }).distinct().pluck('enrolment_id');
  await tx('learning_outcomes').where({ batch_id: batch.id }).delete();
  return cases;
}
