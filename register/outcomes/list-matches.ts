import { keysetPage } from '../../db/keyset.ts';
import type { OutcomeMatchView } from '../../schemas/api/outcomes.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { courseScope } from '../teaching/sheet-scope.ts';

interface MatchRow {
  id: string;
  kind: OutcomeMatchView['kind'];
  outcome_name: string;
  level: string;
  overlap: number;
  source: string;
  course_id: string;
  code: string;
  name: string;
}

/** The college's catalogue of matches, for the courses one may see. */
export async function listMatches(
  { db }: Register,
  by: Principal,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: OutcomeMatchView[]; next: string | null }> {
  const query = inScope(
    db.reader('outcome_course_matches as m').join('courses as c', 'c.id', 'm.course_id'),
    by,
    courseScope,
  )
    .select('m.id', 'm.kind', 'm.outcome_name', 'm.level', 'm.overlap', 'm.source')
    .select({ course_id: 'c.id', code: 'c.code', name: 'c.name' });
  const order = ['m.kind', 'm.outcome_name', 'm.level', 'c.code'];
  const { rows, next } = await keysetPage<MatchRow>(query, { id: 'm.id', order, cursor, limit });
  return { items: rows.map(matchView), next };
}

function matchView({
  id,
  kind,
  outcome_name: outcomeName,
  level,
  overlap,
  source,
  ...course
}: MatchRow): OutcomeMatchView {
  return {
    id,
    kind,
    outcomeName,
    level: level === '' ? null : level,
    course: { id: course.course_id, code: course.code, name: course.name },
    overlap: Number(overlap),
    source,
  };
}
