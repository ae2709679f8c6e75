import { afterEach, describe, expect, test, vi } from 'vitest';
import { rulesCli } from '../../bin/rules/cli.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import type { Decision } from '../../schemas/decision.ts';
import { forced } from '../check/support.ts';
import { aCollege, aStudent } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';

vi.setConfig({ testTimeout: 240_000 });

const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';

forEachDatabase((name, open) => {
  describe('replay from the command line', () => {
    let closed = 0;
    afterEach(() => {
      closed = 0;
    });

    async function aDecision(): Promise<{
      id: string;
      db: TestDatabase;
      rules(...args: string[]): Promise<[number, string]>;
    }> {
      const db = await open({ clock: testClock(IN_TERM_FIVE) });
      const college = await aCollege(db, { rules: true });
      const student = await aStudent(college);
      for (const course of ['JD101', 'JD102'] as const) await scored(college, student, { course, value: 800 });
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await drive(college, student);
      const ids: string[] = await db.reader('decisions').where({ case_id: student.enrolment }).pluck('id');
      const rules = async (...args: string[]): Promise<[number, string]> => {
        const printed: string[] = [];
        const close = async () => void (closed += 1);
        const code = await rulesCli(args, {
          print: (text) => void printed.push(text),
          open: async () => ({ register: college.register, close }),
        });
        return [code, printed.join('\n')];
      };
      return { id: ids[0]!, db, rules };
    }

    test('a recorded decision is identical; one that is not there is not found', async () => {
      const { id, rules } = await aDecision();

      expect(await rules('replay', id)).toEqual([0, `identical  ${id}`]);
      const [code, json] = await rules('replay', id, '--json');
      expect(code).toBe(0);
      expect(JSON.parse(json)).toMatchObject({
        same: true,
        differences: [],
        ruleSet: 'conclusion.diploma',
        revision: 1,
      });
      expect(await rules('replay', 'dec_none')).toMatchObject([1, expect.stringContaining('not_found')]);
      expect(closed).toBe(3);
    });

    const onFile = name === 'sqlite' ? test : undefined;
    onFile?.('one altered by somebody with the file in hand is not, and says in what', async () => {
      const { id, db, rules } = await aDecision();
      const { record } = (await db.reader('decisions').where({ id }).first('record')) as { record: string };
      const decision = JSON.parse(record) as Decision;
      const altered = { ...decision, facts: { ...decision.facts, creditsShort: 100 } };
      await forced(db, () =>
        db
          .writer('decisions')
          .where({ id })
          .update({ record: JSON.stringify(altered) }),
      );

      const [code, text] = await rules('replay', id);
      expect([code, text]).toEqual([1, expect.stringMatching(/^differs in hash, factsHash/)]);
    });
  });
});
