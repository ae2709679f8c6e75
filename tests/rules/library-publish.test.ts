import { describe, expect, test } from 'vitest';
import type { Actor } from '../../db/tx.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Register } from '../../register/register.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import type { Purpose } from '../../register/rules/rule-book.ts';
import { openRuleBook } from '../../register/rules/rule-book.ts';
import { verdictUnder } from '../../register/verdicts/work-out.ts';
import type { Program } from '../../rules/compile.ts';
import { compile, evaluate } from '../../rules/compile.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import type { Leaf, Ruleset, TestCase } from '../../schemas/ruleset.ts';
import { aCollegeRow, aRegister, aUser, key, withRole } from '../support/api.ts';
import { onSqlite } from '../support/databases.ts';
import { libraryDocuments, shippedDocuments, stepped, thresholdsOf, withLeaf } from './library.ts';

/** The day on which every case applies, or enrolled: any in the documents' validity. */
const DAY = 20_250_901;
const purposes: Record<string, Purpose> = {
  credit: 'credit',
  eligibility: 'eligibility',
  'conclusion.diploma': 'diploma_conclusion',
  'conclusion.skill-certificate': 'skill_conclusion',
  title: 'title',
  policy: 'policy',
};
const purposeOf = ({ id }: Ruleset): Purpose => purposes[id] ?? purposes[id.split('.')[0] ?? ''] ?? 'policy';

onSqlite((open) => {
  const moving = shippedDocuments().filter(([, document]) => thresholdsOf(document).length > 0);

  describe.each(moving)('%s, published on a running college', (_file, document) => {
    test('a revision that moves one threshold one step changes a verdict at once', { timeout: 240_000 }, async () => {
      const college = await aCollege(aRegister(await open()), document);
      for (const leaf of thresholdsOf(document)) {
        const { next, student, theCase } = movedByOne(document, leaf);
        await college.publish(restated(document, [theCase]));
        expect(await college.verdictOf(student), leaf.name).toEqual(outcomeOf(document, student));

        await college.publish(next);

        expect(await college.verdictOf(student), leaf.name).not.toEqual(outcomeOf(document, student));
      }
    });
  });

  test('a teaching policy with another pass mark, cap or share holds as soon as it is published', async () => {
    const document = libraryDocuments().find(([, { id }]) => id === 'policy.teaching')![1];
    const college = await aCollege(aRegister(await open()), document);
    await college.publish(document);
    const numbers = Object.entries(document.rules[0]?.event.params ?? {}).filter(
      ([, value]) => typeof value === 'number',
    );

    expect(numbers.length).toBeGreaterThan(3);
    for (const [param, value] of numbers) {
      const next = structuredClone(document);
      next.rules[0]!.event.params![param] = Number(value) + 1;
      await college.publish(restated(next, next.tests.cases));

      expect((await college.verdictOf(document.tests.base)).params).toMatchObject({ [param]: Number(value) + 1 });
    }
  });
});

type Outcome = Required<Pick<Verdict, 'type' | 'params' | 'fired' | 'missing'>>;
const programs = new WeakMap<Ruleset, Program>();

interface College {
  publish(document: Ruleset): Promise<void>;
  verdictOf(facts: Facts): Promise<Outcome>;
}

/** A college with an author and an approver of rules, where the document is bound to its purpose. */
async function aCollege(register: Register, document: Ruleset): Promise<College> {
  const collegeId = await aCollegeRow(register, document.id);
  const person = async (role: 'rule_editor' | 'rule_approver'): Promise<Actor> => ({
    userId: await aUser(register, { loginName: `${role}-${document.id}`, roles: withRole(role, collegeId) }),
    collegeId,
    role,
  });
  const [author, approver] = [await person('rule_editor'), await person('rule_approver')];
  let calls = 0;
  let bound = false;
  const call = <I>(by: Actor, input: I) => ({ key: key((calls += 1)), by, input });
  return {
    async publish(next) {
      const { revision: revisionId, hash } = await freezeRevision(register, call(author, { document: next }));
      await approveRevision(register, call(approver, { revisionId, hash }));
      await publishRevision(register, call(approver, { revisionId, hash }));
      if (bound) return;
      await bindRuleSet(
        register,
        call(author, { purpose: purposeOf(document), scope: '*', ruleSet: document.id, fromOn: '2015-09-01' }),
      );
      bound = true;
    },
    async verdictOf(facts) {
      const book = await readTx(register.db, (tx) => openRuleBook(tx, collegeId, register.systemClock.now()));
      const selected = book.select({ purpose: purposeOf(document), scope: '*', dateOf: () => DAY });
      const { type, params = {}, fired, missing } = verdictUnder(selected, facts);
      return { type, params, fired, missing };
    },
  };
}

/** The document with one threshold a step away, its tests made to say so, and a student of its cases whose verdict that turns. */
function movedByOne(
  document: Ruleset,
  { name, fact, value }: Leaf,
): { next: Ruleset; student: Facts; theCase: TestCase } {
  const domain = document.facts[fact];
  const up = domain !== undefined && 'max' in domain && Number(value) < domain.max;
  const moved = withLeaf(document, name, (leaf) => {
    leaf.value = stepped(document, fact, { value: Number(value), by: up ? 1 : -1 });
  });
  const turned = document.tests.cases.find(({ facts }) => {
    const student = { ...document.tests.base, ...facts };
    return JSON.stringify(outcomeOf(document, student)) !== JSON.stringify(outcomeOf(moved, student));
  });
  if (turned === undefined) throw new Error(`${document.id}: no case turns with ${name}`);
  return { next: restated(moved, [turned]), theCase: turned, student: { ...document.tests.base, ...turned.facts } };
}

function outcomeOf(document: Ruleset, student: Facts): Outcome {
  const program = programs.get(document) ?? compile(document);
  programs.set(document, program);
  const { type, params = {}, fired, missing } = evaluate(program, student);
  return { type, params, fired, missing };
}

function restated(document: Ruleset, cases: readonly TestCase[]): Ruleset {
  const restate = ({ name, facts }: TestCase): TestCase => {
    const { type, params, fired, missing } = outcomeOf(document, { ...document.tests.base, ...facts });
    return { name, facts, expect: { type, fired, missing, ...(Object.keys(params).length > 0 ? { params } : {}) } };
  };
  return { ...document, tests: { base: document.tests.base, cases: cases.map(restate) } };
}
