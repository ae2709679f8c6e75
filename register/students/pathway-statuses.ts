import { pagesOf } from '../../db/rows.ts';
import type { Query } from '../../db/tx.ts';
import type { StudentItem } from '../../schemas/api/students.ts';
import { groupBy } from '../facts/rows.ts';

type PathwayStatus = StudentItem['pathways'][number];

interface StatusRow {
  id: string;
  enrolment_id: string;
  type: 'diploma' | 'skill';
  level: PathwayStatus['level'];
  standard_id: string | null;
  occupation_code: string;
  edition: string;
  standard_name: string;
  standard_name_en: string;
  stage: PathwayStatus['stage'];
  waiting_role: NonNullable<PathwayStatus['waiting']>['role'] | null;
  waiting_person: string | null;
  person_name: string | null;
  waiting_object: string | null;
  since: string | null;
  until: string | null;
  verdict_type: PathwayStatus['verdict'];
  as_of: string | null;
}

/** The pathways of each student as lists show them: the diploma first, then levels from the highest. */
export async function pathwayStatuses(
  query: Query,
  enrolmentIds: readonly string[],
): Promise<Map<string, PathwayStatus[]>> {
  const rows: StatusRow[] = [];
  for (const page of pagesOf(enrolmentIds, 900))
    rows.push(...(await selectStatuses(query).whereIn('w.enrolment_id', page)));
  const found = groupBy(rows, (row) => row.enrolment_id);
  return new Map([...found].map(([enrolment, own]) => [enrolment, own.map(statusView).sort(byTarget)]));
}

function selectStatuses(query: Query) {
  return query('pathways as w')
    .leftJoin('standards as s', 's.id', 'w.standard_id')
    .leftJoin('pathway_status as t', 't.pathway_id', 'w.id')
    .leftJoin('users as u', 'u.id', 't.waiting_person')
    .select('w.id', 'w.enrolment_id', 'w.type', 'w.level', 'w.standard_id', 's.occupation_code', 's.edition')
    .select({ standard_name: 's.name', standard_name_en: 's.name_en', person_name: 'u.display_name' })
    .select(
      't.stage',
      't.waiting_role',
      't.waiting_person',
      't.waiting_object',
      't.since',
      't.until',
      't.verdict_type',
      't.as_of',
    );
}

const order = ['five', 'four', 'three', 'two', 'one'];
type Target = Pick<PathwayStatus, 'type' | 'level' | 'id'>;

export function byTarget(a: Target, b: Target): number {
  const rank = ({ type, level }: Target) => (type === 'diploma' ? -1 : order.length - order.indexOf(level ?? ''));
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}

type StandardColumns = Pick<
  StatusRow,
  'standard_id' | 'occupation_code' | 'edition' | 'standard_name' | 'standard_name_en'
>;

export function standardView(row: StandardColumns): PathwayStatus['standard'] {
  if (row.standard_id === null) return null;
  const name = { 'zh-CN': row.standard_name, en: row.standard_name_en };
  return { id: row.standard_id, code: row.occupation_code, edition: row.edition, name };
}

function statusView(row: StatusRow): PathwayStatus {
  const person = row.waiting_person === null ? null : { id: row.waiting_person, name: row.person_name ?? '' };
  return {
    id: row.id,
    type: row.type,
    level: row.level,
    standard: standardView(row),
    stage: row.stage,
    waiting: row.waiting_role === null ? null : { role: row.waiting_role, person, object: row.waiting_object },
    since: row.since,
    until: row.until,
    verdict: row.verdict_type,
    asOf: row.as_of,
  };
}
