import { readStandings } from '../teaching/sheet-events.ts';
import { listTerms } from '../college/terms.ts';
import type { Term } from '../college/terms.ts';
import type { Around } from './kind.ts';
import { rowsIn, unique } from './look-up.ts';
import type { KnownCourse, KnownStudent } from './look-up.ts';

export interface KnownScheme {
  id: string;
  components: readonly { id: string; name: string; weight: number; max: number }[];
}

export interface KnownSheet {
  id: string;
  offeringId: string;
  state: string;
  schemeId: string;
  version: number;
  lastOrdinal: number;
}

/** What the register knows about everything the file's rows speak of. */
export interface ScoresKnown {
  /** Course ids a plan holds: `plan/course`. */
  planCourses: ReadonlySet<string>;
  /** The plan's n-th term. */
  termOf(planId: string, termNo: number): Term | undefined;
  /** By `class/course/term`. */
  offerings: ReadonlyMap<string, { id: string; schemeId: string }>;
  /** By `offering/attempt`. */
  sheets: ReadonlyMap<string, KnownSheet>;
  /** Newest last. */
  schemes: ReadonlyMap<string, readonly KnownScheme[]>;
  /** `enrolment/course/attempt` with a score that counts. */
  scored: ReadonlySet<string>;
}

export async function lookUp(
  around: Around,
  { students, courses }: { students: ReadonlyMap<string, KnownStudent>; courses: ReadonlyMap<string, KnownCourse> },
): Promise<ScoresKnown> {
  const { tx, collegeId } = around;
  const courseIds = [...courses.values()].map(({ id }) => id);
  const people = [...students.values()];
  const planIds = unique(people.map(({ plan_id }) => plan_id));
  const lines: { plan_id: string; course_id: string }[] = await tx('plan_courses')
    .whereIn('plan_id', planIds)
    .select('plan_id', 'course_id');
  const plans: { id: string; enrolled_on: string }[] = await tx('plans')
    .whereIn('id', planIds)
    .select('id', 'enrolled_on');
  const terms = await listTerms(tx, collegeId);
  const termsOf = new Map(plans.map((plan) => [plan.id, terms.filter((term) => term.endsOn >= plan.enrolled_on)]));
  const scored = await rowsIn(
    people.map(({ id }) => id),
    (page) =>
      tx('current_scores')
        .whereIn('enrolment_id', page)
        .distinct<{ enrolment_id: string; course_id: string; attempt: number }[]>(
          'enrolment_id',
          'course_id',
          'attempt',
        ),
  );
  return {
    planCourses: new Set(lines.map((line) => `${line.plan_id}/${line.course_id}`)),
    termOf: (planId, termNo) => termsOf.get(planId)?.[termNo - 1],
    schemes: await findSchemes(around, courseIds),
    scored: new Set(scored.map((row) => `${row.enrolment_id}/${row.course_id}/${row.attempt}`)),
    ...(await findSheets(around, courseIds)),
  };
}

async function findSheets(
  { tx, collegeId }: Around,
  courseIds: readonly string[],
): Promise<Pick<ScoresKnown, 'offerings' | 'sheets'>> {
  const offerings: { id: string; class_id: string; course_id: string; term_id: string; scheme_id: string }[] =
    await rowsIn(courseIds, (page) =>
      tx('offerings')
        .where({ college_id: collegeId })
        .whereIn('course_id', page)
        .select('id', 'class_id', 'course_id', 'term_id', 'scheme_id'),
    );
  const schemeOf = new Map(offerings.map((offering) => [offering.id, offering.scheme_id]));
  const sheets: { id: string; offering_id: string; attempt: number; version: number }[] = await rowsIn(
    [...schemeOf.keys()],
    (page) => tx('score_sheets').whereIn('offering_id', page).select('id', 'offering_id', 'attempt', 'version'),
  );
  const standing = await readStandings(
    tx,
    sheets.map(({ id }) => id),
  );
  return {
    offerings: new Map(
      offerings.map((row) => [
        `${row.class_id}/${row.course_id}/${row.term_id}`,
        { id: row.id, schemeId: row.scheme_id },
      ]),
    ),
    sheets: new Map(
      sheets.map(({ id, offering_id: offeringId, attempt, version }) => {
        const { state, events } = standing(id);
        const schemeId = schemeOf.get(offeringId) ?? '';
        return [
          `${offeringId}/${attempt}`,
          { id, offeringId, version, state, schemeId, lastOrdinal: events.at(-1)?.ordinal ?? 0 },
        ];
      }),
    ),
  };
}

async function findSchemes({ tx }: Around, courseIds: readonly string[]): Promise<Map<string, KnownScheme[]>> {
  const rows: { course_id: string; scheme_id: string; id: string; name: string; weight: number; max_score: number }[] =
    await rowsIn(courseIds, (page) =>
      tx('schemes')
        .join('scheme_components', 'scheme_components.scheme_id', 'schemes.id')
        .whereIn('course_id', page)
        .orderBy(['course_id', 'version', 'ordinal'])
        .select('course_id', 'scheme_id', 'scheme_components.id', 'name', 'weight', 'max_score'),
    );
  const byCourse = new Map<string, Map<string, KnownScheme & { components: KnownScheme['components'][number][] }>>();
  for (const { course_id: courseId, scheme_id: schemeId, id, name, weight, max_score: max } of rows) {
    const schemes = byCourse.get(courseId) ?? new Map();
    byCourse.set(courseId, schemes);
    const scheme = schemes.get(schemeId) ?? { id: schemeId, components: [] };
    schemes.set(schemeId, scheme);
    scheme.components.push({ id, name, weight, max });
  }
  return new Map([...byCourse].map(([courseId, schemes]) => [courseId, [...schemes.values()]]));
}
