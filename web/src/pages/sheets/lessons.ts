import { answer, api } from '../../api/client.ts';

interface Term {
  id: string;
  startsOn: string;
  endsOn: string;
}

export interface LessonOfTerm {
  code: string;
  name: string;
}

/** Which term of a plan this is: 1 for the one in which the cohort enrolled. */
export function termNoOf(term: Term, terms: readonly Term[], enrolledOn: string): number {
  return terms.filter(({ endsOn }) => endsOn >= enrolledOn && endsOn < term.startsOn).length + 1;
}

/** The courses the plans put into a term. */
export async function lessonsOf(term: Term | null, terms: readonly Term[]): Promise<LessonOfTerm[]> {
  if (!term) return [];
  const { items } = await answer(api.GET('/v1/plans', { params: { query: { limit: 200 } } }));
  const plans = await Promise.all(
    items.map(({ id }) => answer(api.GET('/v1/plans/{id}', { params: { path: { id } } }))),
  );
  const courses = plans
    .filter(({ enrolledOn }) => enrolledOn <= term.endsOn)
    .flatMap((plan) => plan.courses.filter(({ termNo }) => termNo === termNoOf(term, terms, plan.enrolledOn)));
  return [...new Map(courses.map(({ code, name }) => [code, { code, name }])).values()];
}
