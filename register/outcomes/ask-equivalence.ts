import type { EquivalenceView } from '../../schemas/api/outcomes.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';
import { evaluateEquivalence } from './evaluate-equivalence.ts';
import type { EvaluateEquivalence } from './evaluate-equivalence.ts';

/** What an outcome would be worth, asked by somebody who may see that student; bare facts are anyone's to ask about. */
export async function askEquivalence(
  register: Register,
  by: Principal,
  input: EvaluateEquivalence,
): Promise<EquivalenceView> {
  const { reader } = register.db;
  refuseTwoWays(input);
  refuseUnknownFacts(input);
  for (const student of await studentsAsked(register, input)) await requireEnrolmentInScope(reader, by, student);
  const { purpose, date, answers } = await evaluateEquivalence(register, { by, input });
  const ids = answers.flatMap(({ course }) => course ?? []);
  const rows: { id: string; code: string; name: string }[] = await reader('courses')
    .whereIn('id', ids)
    .select('id', 'code', 'name');
  const courses = new Map(rows.map((row) => [row.id, row]));
  return {
    purpose,
    date,
    answers: answers.map((one) => ({ ...one, course: one.course === null ? null : (courses.get(one.course) ?? null) })),
  };
}

/** One way to say what is asked about: a recorded outcome, one described, or bare facts. */
function refuseTwoWays({ outcomeId, outcome, facts }: EvaluateEquivalence): void {
  const given = Object.entries({ outcomeId, outcome, facts }).filter(([, value]) => value !== undefined);
  if (given.length <= 1) return;
  throw new Problem(
    'bad_input',
    given.map(([name]) => ({ pointer: `/${name}`, code: 'one_of_these_only' })),
  );
}

/** A fact misspelt would silently count as missing. */
function refuseUnknownFacts({ purpose, facts = {} }: EvaluateEquivalence): void {
  const catalogue = factCatalogue[purpose === 'credit' ? 'outcome_course' : 'outcome'];
  const unknown = Object.keys(facts).filter((fact) => !Object.hasOwn(catalogue, fact));
  if (unknown.length === 0) return;
  throw new Problem(
    'bad_input',
    unknown.map((fact) => ({ pointer: `/facts/${fact}`, code: 'unknown_field' })),
  );
}

async function studentsAsked({ db }: Register, { studentId, outcomeId }: EvaluateEquivalence): Promise<string[]> {
  const owners: string[] =
    outcomeId === undefined ? [] : await db.reader('learning_outcomes').where({ id: outcomeId }).pluck('enrolment_id');
  return studentId === undefined ? owners : [...owners, studentId];
}
