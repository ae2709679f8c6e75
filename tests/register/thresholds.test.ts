import { describe, expect, test } from 'vitest';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { compile, evaluate } from '../../rules/compile.ts';
import type { Program } from '../../rules/compile.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import type { Leaf, Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocuments, stepped, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { drive } from '../support/students.ts';
import { publish, restated } from './publishing.ts';
import { builderOf } from './threshold-students.ts';
import type { Subject } from './threshold-students.ts';

const IN_TERM_FIVE = '2025-09-08T02:00:00.000Z';
const certifying = ['conclusion.diploma', 'conclusion.skill-certificate'];

forEachDatabase((database, open) => {
  let made: Promise<College> | undefined;

  /** One running college for all documents, in which something has been decided already. */
  async function aRunningCollege(): Promise<College> {
    const db = await open({ clock: testClock(IN_TERM_FIVE) });
    const college = await aCollege(db, { rules: true, register: testRegister(db) });
    const student = await aStudent(college);
    await applyForAssessment(college.register, college.call('registrar', { pathwayId: student.four }));
    await drive(college, student);
    return college;
  }

  const moving = libraryDocuments().filter(([, document]) => thresholdsOf(document).length > 0);

  describe.each(moving)('%s', (_file, document) => {
    test('each threshold, published one step away, changes the verdict of the student who stands on it and of no neighbour', {
      timeout: 180_000,
    }, async () => {
      made ??= aRunningCollege();
      const college = await made;
      const people = new Map<string, Promise<Subject>>();
      const known = (facts: Facts): Promise<Subject> => {
        const key = JSON.stringify(facts);
        const subject = people.get(key) ?? builderOf(document.id)(college, facts);
        people.set(key, subject);
        return subject;
      };
      let inForce = document;
      for (const leaf of someOf(document, database)) {
        let move = moved(document, inForce, leaf);
        if (!move) {
          inForce = document; // a step taken before stands in the way: everything back to where the library has it
          await publish(college, restated(document, document.tests.cases.slice(0, 1)));
          move = moved(document, inForce, leaf);
        }
        if (!move) throw new Error(`${document.id}: no case turns with ${leaf.name}`);
        const [student, neighbour] = [await known(move.student), await known(move.neighbour)];
        const about = `${student.student.name} at ${leaf.name}`;
        expect(outcomeOf(await student.verdict()), about).toEqual(worked(inForce, move.student));
        const before = outcomeOf(await neighbour.verdict());

        const { approvals } = await publish(college, move.next);

        expect(approvals, 'one, one more as it reaches back, one more where certificates follow').toBe(
          certifying.includes(document.id) ? 3 : 2,
        );
        expect(outcomeOf(await student.verdict()), about).toEqual(worked(move.next, move.student));
        expect(worked(move.next, move.student), about).not.toEqual(worked(inForce, move.student));
        expect(outcomeOf(await neighbour.verdict()), `${neighbour.student.name} beside ${leaf.name}`).toEqual(before);
        inForce = move.next;
      }
    });
  });
});

/** All on SQLite; on PostgreSQL, where the same commands run, the first of each fact. */
function someOf(document: Ruleset, database: 'sqlite' | 'postgres'): Leaf[] {
  const all = thresholdsOf(document);
  return database === 'sqlite'
    ? all
    : all.filter(({ fact }, index) => all.findIndex((leaf) => leaf.fact === fact) === index);
}

interface Move {
  next: Ruleset;
  student: Facts;
  neighbour: Facts;
}

/** The document with this one threshold a step away from where the library has it, who of its cases that turns and who stays. */
function moved(document: Ruleset, inForce: Ruleset, { name, fact, value }: Leaf): Move | null {
  const domain = document.facts[fact];
  const step = domain !== undefined && 'max' in domain && Number(value) < domain.max ? 1 : -1;
  const next = withLeaf(document, name, (leaf) => {
    leaf.value = stepped(document, fact, { value: Number(value), by: step });
  });
  const cases = document.tests.cases
    .map((one) => ({ ...one, all: { ...document.tests.base, ...one.facts } as Facts }))
    .filter(isBuildable);
  const same = (a: Ruleset, b: Ruleset, facts: Facts): boolean =>
    JSON.stringify(worked(a, facts)) === JSON.stringify(worked(b, facts));
  const turned = cases.find(({ all }) => !same(inForce, next, all) && !same(document, next, all));
  const stays = cases.find(({ all }) => same(inForce, next, all) && ['grant', 'deny'].includes(worked(next, all).type));
  if (!turned || !stays) return null;
  return { next: restated(next, [turned]), student: turned.all, neighbour: stays.all };
}

/** What is not recorded is the business of other tests; eligibility decided elsewhere, and scores to the hundredth too. */
function isBuildable({ all }: { all: Facts }): boolean {
  const { reviewScore: _, ...needed } = all;
  if (Object.values(needed).includes(null)) return false;
  return (all.eligibility ?? 'granted') === 'granted' && Number(all.processScore ?? 0) % 10 === 0;
}

type Outcome = Required<Pick<Verdict, 'type' | 'params' | 'fired' | 'missing'>>;
const programs = new WeakMap<Ruleset, Program>();

function worked(document: Ruleset, facts: Facts): Outcome {
  const program = programs.get(document) ?? compile(document);
  programs.set(document, program);
  return outcomeOf(evaluate(program, facts));
}

const outcomeOf = ({ type, params = {}, fired, missing }: Verdict): Outcome => ({ type, params, fired, missing });
