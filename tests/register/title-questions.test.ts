import { expect, test } from 'vitest';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import type { EvaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { anOutcome } from './outcomes.ts';

const QUALIFICATION = 'occupational_qualification';

onSqlite((open) => {
  let made: Promise<College> | undefined;
  const aWorld = async (): Promise<College> => {
    const db = await open({ clock: testClock('2025-09-08T02:00:00.000Z') });
    return aCollege(db, { rules: true, register: testRegister(db) });
  };
  const college = (): Promise<College> => (made ??= aWorld());

  async function ask(input: Omit<EvaluateEquivalence, 'purpose'>): Promise<unknown> {
    const { register, by } = await college();
    const asked = { ...input, purpose: 'title' as const };
    const { answers } = await evaluateEquivalence(register, { by: by('registrar'), input: asked });
    const { verdict, ruleSet } = answers[0]!;
    return { ruleSet, type: verdict.type, params: verdict.params };
  }

  test('a certificate issued before its occupation left the catalogue stays valid, one issued after is none', async () => {
    const student = await aStudent(await college());
    const issued = async (on: string): Promise<string> =>
      anOutcome(await college(), student, { kind: QUALIFICATION, name: '电工', issued_on: on });

    expect(await ask({ scope: 'catalogue', outcomeId: await issued('2020-12-31') })).toEqual({
      ruleSet: 'title.catalogue-standing',
      type: 'grant',
      params: { effect: 'valid', standing: 'exited' },
    });
    expect(await ask({ scope: 'catalogue', outcomeId: await issued('2021-01-01') })).toMatchObject({
      type: 'deny',
      params: { reason: 'after_exit' },
    });
  });

  test('the same certificate without the scope is asked what title it gives, as before', async () => {
    const outcomeId = await anOutcome(await college(), await aStudent(await college()), {
      kind: QUALIFICATION,
      name: '注册会计师',
    });

    expect(await ask({ outcomeId })).toMatchObject({ ruleSet: 'title.qualification-to-title', type: 'grant' });
    expect(await ask({ scope: 'catalogue', outcomeId })).toMatchObject({ params: { standing: 'entry' } });
  });

  test('a class of a technician college is treated as a level of education and never held as a diploma', async () => {
    const facts = { schooling: 'senior_technical_class', enrolmentStatus: 'graduated' };

    expect(await ask({ scope: 'schooling', facts })).toEqual({
      ruleSet: 'title.technician-education',
      type: 'grant',
      params: { effect: 'treated_as', treatedAs: 'higher_vocational', registered: false },
    });
    expect(await ask({ scope: 'schooling', facts: { ...facts, schooling: 'higher_vocational' } })).toMatchObject({
      type: 'out-of-scope',
    });
  });

  test('a medal lets its holder apply for level two, who holds level two in that occupation for level one', async () => {
    const award = { kind: 'contest_award', contest_tier: 'province', contest_prize: 'second' };
    const medallist = async (held: string | null): Promise<unknown> => {
      const student = await aStudent(await college());
      const certificate = { kind: 'skill_certificate', level: held, occupation_code: '6-31-01-03', expires_on: null };
      if (held !== null) await anOutcome(await college(), student, certificate);
      return ask({
        outcomeId: await anOutcome(await college(), student, { ...award, occupation_code: '6-31-01-03' }),
      });
    };

    expect(await medallist(null)).toMatchObject({ type: 'grant', params: { effect: 'may_apply', level: 'two' } });
    expect(await medallist('three')).toMatchObject({ params: { level: 'two' } });
    expect(await medallist('two')).toMatchObject({ params: { level: 'one' } });
    expect(await medallist('one')).toMatchObject({ type: 'refer' });
  });

  test('of an award nobody has recorded it is not known what its holder holds besides', async () => {
    const facts = {
      outcomeKind: 'contest_award',
      outcomeVerified: true,
      contestTier: 'province',
      contestPrize: 'first',
    };

    expect(await ask({ facts: { ...facts, heldLevel: null } })).toMatchObject({ type: 'undetermined' });
  });
});
