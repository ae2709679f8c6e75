import { describe, expect, test } from 'vitest';
import { conductorOf } from '../../bin/conductor.ts';
import { addAuthorisation } from '../../register/college/create-college.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { signOff } from '../../register/certification/sign-off.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { assessed, drive, dueNow, scored } from '../support/students.ts';

const IN_TERM_FIVE = '2025-09-08T02:00:00.000Z';
const idle = { heartbeat: () => undefined, signal: new AbortController().signal };

async function aTaughtStudent(open: OpenTest, { withAuthorisations = true } = {}) {
  const db = await open({ clock: testClock(IN_TERM_FIVE) });
  const college = await aCollege(db, { rules: true, register: testRegister(db) });
  if (withAuthorisations) await authorise(college);
  const student = await aStudent(college);
  await scored(college, student, { course: 'JD101', value: 755 });
  await scored(college, student, { course: 'JD102', value: 680 });
  return { db, college, student };
}

async function authorise(college: College): Promise<void> {
  const common = { fromOn: '2020-01-01', source: 'test', evidence: 'unconfirmed' as const };
  const skill = {
    type: 'skill' as const,
    occupationCode: '6-31-01-03',
    level: 'four',
    letter: 'S' as const,
    organisation: '0000',
    province: '23',
    site: '000001',
  };
  await addAuthorisation(college.register, college.call('registrar', { ...skill, ...common }));
  await addAuthorisation(
    college.register,
    college.call('registrar', {
      type: 'diploma' as const,
      programmeCode: '460301',
      schoolCode: '14999',
      schoolKind: '1',
      schoolLevel: '06',
      ...common,
    }),
  );
}

/** Applied, assessed, decided, and the public notice over. */
async function awaitingSignOff(college: College, student: Student): Promise<void> {
  await applyForAssessment(college.register, college.call('registrar', { pathwayId: student.four }));
  await drive(college, student);
  await assessed(college, student.four, { theory: 655, practical: 700 });
  await drive(college, student);
  await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
  await drive(college, student);
}

async function stages(college: College, student: Student): Promise<Record<string, string>> {
  const { pathways } = await readStudentVerdicts(college.register, student.enrolment);
  return Object.fromEntries(pathways.map((one) => [one.level ?? one.type, one.stage.name]));
}

forEachDatabase((_name, open) => {
  describe('the life of a case', () => {
    test('a student goes from application to a numbered, signed and drawn certificate, which becomes an outcome of their own', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      await awaitingSignOff(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', { pathwayId: student.four, answer: 'approved' as const }),
      );
      await drive(college, student);

      const certificate = await db.reader('certificates').where({ pathway_id: student.four }).first('number', 'state');
      expect(certificate).toMatchObject({ number: 'S000023000001254000001', state: 'issued' });
      const events = await db.reader('certificate_events').orderBy('ordinal').pluck('kind');
      expect(events).toEqual(['allocated', 'signed', 'issued', 'rendered']);
      const outcome = await db
        .reader('learning_outcomes')
        .where({ enrolment_id: student.enrolment })
        .first('origin', 'level', 'number');
      expect(outcome).toEqual({ origin: 'own', level: 'four', number: 'S000023000001254000001' });
    });

    test('an issued diploma graduates its holder', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await drive(college, student);
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      await drive(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', { pathwayId: student.diploma, answer: 'approved' as const }),
      );
      await drive(college, student);

      expect(await db.reader('enrolments').where({ id: student.enrolment }).first('status')).toEqual({
        status: 'graduated',
      });
      expect(await stages(college, student)).toMatchObject({ diploma: 'issued' });
    });

    test('each due act done twice leaves what it left the first time', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      const { perform } = conductorOf(college.register);
      await applyForAssessment(college.register, college.call('registrar', { pathwayId: student.four }));
      const due = await dueNow(college, student, '/application/');
      await perform.recordDecision(due, idle);
      const leaves = await db.reader('audit_leaves').count({ count: '*' }).first();

      await perform.recordDecision(due, idle);

      expect(await db.reader('audit_leaves').count({ count: '*' }).first()).toEqual(leaves);
      expect(await db.reader('decisions').where({ purpose: 'eligibility' })).toHaveLength(1);
    });

    test('an act that is not due changes nothing, and may still be done when it is', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await drive(college, student);
      const notice = await db.reader('public_notices').first('id');
      const { perform } = conductorOf(college.register);
      const early = { caseId: student.enrolment, opKey: `close-notice/${notice.id}` };

      await perform.closeNotice(early, idle);
      expect(await db.reader('public_notices').first('closed_at')).toEqual({ closed_at: null });

      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      await perform.closeNotice(early, idle);
      expect((await db.reader('public_notices').first('closed_at')).closed_at).not.toBeNull();
    });

    test('nothing new to say leaves no second record', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      for (const _ of [1, 2]) {
        await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
        await drive(college, student);
      }

      expect(await db.reader('decisions').where({ purpose: 'diploma_conclusion' })).toHaveLength(1);
      expect(await db.reader('decision_points').whereNull('dealt_at')).toHaveLength(0);
    });

    test('a missing score waits and never denies; a fail on record denies', async () => {
      const { college, student } = await aTaughtStudent(open);
      const other = await aStudent(college);
      await scored(college, other, { course: 'JD101', value: 900 });
      const [waiting] = (await readStudentVerdicts(college.register, other.enrolment)).pathways.filter(
        (one) => one.type === 'diploma',
      );
      expect(waiting?.verdict).toMatchObject({ type: 'undetermined', missing: ['creditsShort'] });

      await scored(college, student, { course: 'JD102', value: 599 });
      const [failed] = (await readStudentVerdicts(college.register, student.enrolment)).pathways.filter(
        (one) => one.type === 'diploma',
      );
      expect(failed?.verdict.type).toBe('deny');
      expect(failed?.reasons.some((reason) => reason.text['zh-CN'].includes('1'))).toBe(true);
    });

    test('sign-off is refused to whoever entered a score of the student', async () => {
      const { college, student } = await aTaughtStudent(open);
      await scored(college, student, { course: 'JD101', value: 760, actorId: college.users.certification_officer });
      await awaitingSignOff(college, student);

      await expect(
        signOff(
          college.register,
          college.call('certification_officer', { pathwayId: student.four, answer: 'approved' as const }),
        ),
      ).rejects.toMatchObject({
        code: 'barred_person',
        errors: [{ code: 'barred_entered_scores' }],
      });
    });

    test('a sign-off refused with its reason returns the pathway to deciding', async () => {
      const { college, student } = await aTaughtStudent(open);
      await awaitingSignOff(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', {
          pathwayId: student.four,
          answer: 'refused' as const,
          reason: '照片与本人不符',
        }),
      );

      const { pathways } = await readStudentVerdicts(college.register, student.enrolment);
      expect(pathways.find((one) => one.level === 'four')?.stage).toMatchObject({
        name: 'deciding',
        reason: '照片与本人不符',
        waitingOn: { role: 'registrar' },
      });
    });

    test('a refusal without reason is no refusal', async () => {
      const { college, student } = await aTaughtStudent(open);

      await expect(
        signOff(
          college.register,
          college.call('certification_officer', { pathwayId: student.four, answer: 'refused' as const }),
        ),
      ).rejects.toMatchObject({ code: 'bad_input' });
    });

    test('what no longer holds is not signed', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      await awaitingSignOff(college, student);
      await scored(college, student, { course: 'JD101', value: 100 });

      await expect(
        signOff(
          college.register,
          college.call('certification_officer', { pathwayId: student.four, answer: 'approved' as const }),
        ),
      ).rejects.toMatchObject({ code: 'verdict_changed' });
      expect(await db.reader('sign_offs')).toHaveLength(0);
    });

    test('without an issuing authorisation no number is taken', async () => {
      const { db, college, student } = await aTaughtStudent(open, { withAuthorisations: false });
      await awaitingSignOff(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', { pathwayId: student.four, answer: 'approved' as const }),
      );

      await expect(drive(college, student)).rejects.toMatchObject({ code: 'issuer_not_authorised' });
      expect(await db.reader('number_series')).toHaveLength(0);
      await authorise(college);
      await drive(college, student);
      expect(await db.reader('certificates').pluck('serial')).toEqual([1]);
    });

    test('a name that no font can print is refused before a number is taken', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      await db.writer('people').where({ id: student.person }).update({ name: '张𰻝' });
      await awaitingSignOff(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', { pathwayId: student.four, answer: 'approved' as const }),
      );

      await expect(drive(college, student)).rejects.toMatchObject({ code: 'glyph_missing' });
      expect(await db.reader('number_series')).toHaveLength(0);
    });

    test('numbers follow each other without a gap', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      const second = await aStudent(college);
      for (const one of [student, second]) {
        await scored(college, one, { course: 'JD101', value: 755 });
        await scored(college, one, { course: 'JD102', value: 755 });
        await awaitingSignOff(college, one);
        await signOff(
          college.register,
          college.call('certification_officer', { pathwayId: one.four, answer: 'approved' as const }),
        );
        await drive(college, one);
      }

      expect(await db.reader('certificates').orderBy('serial').pluck('number')).toEqual([
        'S000023000001254000001',
        'S000023000001254000002',
      ]);
    });

    test('after the longest time to study what is open lapses and the case ends', async () => {
      const { db, college, student } = await aTaughtStudent(open);
      db.clock.set('2029-09-01T00:00:00.000Z');
      const seen = await drive(college, student);

      expect(seen.ended).toBe(true);
      expect(
        await db.reader('pathways').where({ enrolment_id: student.enrolment }).distinct().pluck('closed_reason'),
      ).toEqual(['lapsed']);
    });

    test('only the clock of an example college moves, and never past the last term', async () => {
      const { db, college } = await aTaughtStudent(open);
      await db.writer('colleges').update({ demo: 0 });
      await expect(
        moveClock(college.register, college.call('registrar', { to: 'next_term' as const, reason: 'x' })),
      ).rejects.toMatchObject({ code: 'not_a_demo_college' });
      await db.writer('colleges').update({ demo: 1 });
      db.clock.set('2027-06-01T00:00:00.000Z');
      await expect(
        moveClock(college.register, college.call('registrar', { to: 'next_term' as const, reason: 'x' })),
      ).rejects.toMatchObject({ code: 'no_later_term' });
    });
  });
});
