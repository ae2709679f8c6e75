import { beforeEach, describe, expect, test } from 'vitest';
import { changeStatus } from '../../register/enrolments/change-status.ts';
import { recordEnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import { transferClass } from '../../register/enrolments/transfer-class.ts';
import { correctScore } from '../../register/teaching/correct-score.ts';
import { defineScheme } from '../../register/teaching/define-scheme.ts';
import { openResitSheet } from '../../register/teaching/open-resit.ts';
import { openTerm } from '../../register/teaching/open-term.ts';
import type { DraftInput } from '../../register/teaching/save-draft.ts';
import { saveDraft } from '../../register/teaching/save-draft.ts';
import {
  acceptSheet,
  archiveSheet,
  decideUnlock,
  requestUnlock,
  returnSheet,
} from '../../register/teaching/sheet-acts.ts';
import { submitSheet } from '../../register/teaching/submit-sheet.ts';
import { aCollege, someStudents } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase } from '../support/databases.ts';
import { aCollegeWithPolicy } from './with-policy.ts';

interface Class {
  college: College;
  students: [Student, Student, Student];
  sheet: string;
  /** 平时 40 %, 期末 60 %. */
  parts: [string, string];
}

type Value = number | 'absent' | 'deferred' | 'waived';

/** Three students on the opened sheet of JD101. */
async function aClass(college: College): Promise<Class> {
  const { register } = college;
  const students = (await someStudents(college, 3)) as Class['students'];
  const scheme = college.call('registrar', {
    courseId: college.courses.JD101,
    components: [
      { name: '平时', kind: 'process' as const, weight: 4000 },
      { name: '期末', kind: 'final' as const, weight: 6000 },
    ],
  });
  await defineScheme(register, scheme);
  await openTerm(
    register,
    college.call('registrar', { termId: college.terms['2023-1']!, teachers: { JD101: college.users.teacher } }),
  );
  const { id } = await register.db.reader('score_sheets').first('id');
  const parts = (await register.db.reader('scheme_components').orderBy('ordinal').pluck('id')) as Class['parts'];
  return { college, students, sheet: id, parts };
}

const cellsOf = ({ parts }: Class, student: Student, values: readonly Value[]): DraftInput[] =>
  values.map((value, index) => ({
    enrolmentId: student.enrolment,
    componentId: parts[index]!,
    value: typeof value === 'number' ? value : null,
    mark: typeof value === 'number' ? null : value,
  }));

async function etag({ college, sheet }: Class): Promise<string> {
  const { version } = await college.register.db.reader('score_sheets').where({ id: sheet }).first('version');
  return `"${version}"`;
}

async function save(all: Class, cells: DraftInput[], mode: 'replace' | 'merge' = 'merge') {
  const call = all.college.call('teacher', { sheetId: all.sheet, mode, cells });
  return saveDraft(all.college.register, { ...call, ifMatch: await etag(all) });
}

const submit = async (all: Class) =>
  submitSheet(all.college.register, {
    ...all.college.call('teacher', { sheetId: all.sheet }),
    ifMatch: await etag(all),
  });

const full: Value[][] = [
  [800, 755],
  [600, 'absent'],
  [500, 400],
];
const saveAll = (all: Class) =>
  save(
    all,
    all.students.flatMap((student, index) => cellsOf(all, student, full[index]!)),
  );

async function handedIn(all: Class): Promise<void> {
  await saveAll(all);
  await submit(all);
}

async function locked(all: Class): Promise<void> {
  await handedIn(all);
  await acceptSheet(all.college.register, all.college.call('registrar', { sheetId: all.sheet }));
}

const scoresOf = ({ college }: Class, { enrolment }: Student) =>
  college.register.db
    .reader('current_scores')
    .where({ enrolment_id: enrolment })
    .orderBy('weight')
    .select('value', 'mark');

forEachDatabase((_name, open) => {
  let all: Class;
  beforeEach(async () => {
    all = await aClass(await aCollegeWithPolicy(await open()));
  });
  const call = <I extends object>(person: 'registrar' | 'teacher', input: I) =>
    all.college.call(person, { sheetId: all.sheet, ...input });
  const register = () => all.college.register;

  describe('opening a term', () => {
    test('gives every class a sheet for every course its plan puts there, once', async () => {
      const reader = register().db.reader;
      expect(await reader('offerings')).toEqual([
        expect.objectContaining({ course_id: all.college.courses.JD101, teacher_id: all.college.users.teacher }),
      ]);
      expect(await reader('score_sheets').first()).toMatchObject({ due_on: '2024-01-19', attempt: 1 });
      const again = await openTerm(register(), all.college.call('registrar', { termId: all.college.terms['2023-1']! }));
      expect(again).toMatchObject({ offerings: 0, sheets: 0, rows: 0 });
    });

    test('adds whoever has come since, while the sheet is open', async () => {
      const [late] = await someStudents(all.college, 1);
      const again = await openTerm(register(), all.college.call('registrar', { termId: all.college.terms['2023-1']! }));
      expect(again.rows).toBe(1);
      expect(await register().db.reader('score_sheet_rows').where({ enrolment_id: late!.enrolment })).toHaveLength(1);
    });

    test('refuses a teacher nobody knows, and a term without courses', async () => {
      const strange = openTerm(
        register(),
        all.college.call('registrar', { termId: all.college.terms['2023-2']!, teachers: { JD102: 'usr_none' } }),
      );
      await expect(strange).rejects.toMatchObject({ errors: [{ pointer: '/teachers/JD102', code: 'user_unknown' }] });
      const empty = openTerm(register(), all.college.call('registrar', { termId: all.college.terms['2025-1']! }));
      await expect(empty).rejects.toMatchObject({ code: 'term_nothing_to_open' });
    });
  });

  describe('a scheme', () => {
    test('adds up to exactly 100 %, with names of its own', async () => {
      const kinds = ['process', 'final'] as const;
      const define = (weights: number[], names = ['a', 'b']) =>
        defineScheme(
          register(),
          all.college.call('registrar', {
            courseId: all.college.courses.JD102,
            components: weights.map((weight, index) => ({ name: names[index]!, kind: kinds[index]!, weight })),
          }),
        );
      await expect(define([4000, 5999])).rejects.toMatchObject({ code: 'weights_not_whole' });
      await expect(define([4000, 6000], ['a', 'a'])).rejects.toMatchObject({
        errors: [{ pointer: '/components/1/name', code: 'name_doubled' }],
      });
      await expect(define([4000, 6000])).resolves.toMatchObject({ version: 1 });
    });

    test('reaches a sheet nobody has begun, and never one that has been', async () => {
      const define = () =>
        defineScheme(
          register(),
          all.college.call('registrar', {
            courseId: all.college.courses.JD101,
            components: [
              { name: '平时', kind: 'process' as const, weight: 3000 },
              { name: '总评', kind: 'final' as const, weight: 7000 },
            ],
          }),
        );
      expect(await define()).toMatchObject({ version: 2, offerings: 1 });
      await register()
        .db.writer('offerings')
        .update({
          scheme_id: await register()
            .db.reader('schemes')
            .where({ version: 1 })
            .first('id')
            .then(({ id }) => id),
        });
      await save(all, cellsOf(all, all.students[0], [800]));
      expect(await define()).toMatchObject({ version: 3, offerings: 0 });
    });
  });

  describe('a draft', () => {
    test('counts for nothing, may be partial, and a blank is not zero', async () => {
      await save(all, cellsOf(all, all.students[0], [800]));
      await save(all, cellsOf(all, all.students[1], [0]));
      await save(all, [{ ...cellsOf(all, all.students[0], [800])[0]!, value: null }]);
      expect(await register().db.reader('score_drafts').select('enrolment_id', 'value')).toEqual([
        { enrolment_id: all.students[1].enrolment, value: 0 },
      ]);
      expect(await register().db.reader('current_scores')).toEqual([]);
    });

    test('is refused with every fault by pointer, and nothing is kept', async () => {
      const [, theirs] = [all, await aCollege(register().db, { code: '14998' })];
      const [stranger] = await someStudents(theirs, 1);
      const cells = [
        { enrolmentId: all.students[0].enrolment, componentId: all.parts[0], value: 1001, mark: null },
        { enrolmentId: stranger!.enrolment, componentId: all.parts[0], value: 700, mark: null },
        { enrolmentId: all.students[0].enrolment, componentId: 'cmp_none', value: 700, mark: null },
        { enrolmentId: all.students[1].enrolment, componentId: all.parts[0], value: 10, mark: 'absent' as const },
        { enrolmentId: all.students[2].enrolment, componentId: all.parts[0], value: 10, mark: null },
        { enrolmentId: all.students[2].enrolment, componentId: all.parts[0], value: 20, mark: null },
      ];
      const refused = await save(all, cells).catch((problem) => problem);
      expect(refused.code).toBe('bad_input');
      expect(refused.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
        ['/cells/0/value', 'score_out_of_range'],
        ['/cells/1/enrolmentId', 'not_on_sheet'],
        ['/cells/2/componentId', 'component_unknown'],
        ['/cells/3/mark', 'score_and_mark'],
        ['/cells/5', 'cell_doubled'],
      ]);
      expect(await register().db.reader('score_drafts')).toEqual([]);
    });

    test('needs the version that was seen', async () => {
      const stale = saveDraft(register(), {
        ...call('teacher', { mode: 'merge' as const, cells: cellsOf(all, all.students[0], [800]) }),
        ifMatch: '"7"',
      });
      await expect(stale).rejects.toMatchObject({ code: 'version_mismatch' });
      const none = saveDraft(register(), call('teacher', { mode: 'merge' as const, cells: [] }));
      await expect(none).rejects.toMatchObject({ code: 'precondition_required' });
    });

    test('of another college is not there', async () => {
      const theirs = await aCollege(register().db, { code: '14998' });
      const reach = saveDraft(register(), {
        ...theirs.call('teacher', { sheetId: all.sheet, mode: 'merge' as const, cells: [] }),
        ifMatch: '"1"',
      });
      await expect(reach).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('submitting', () => {
    test('makes events that count, with MAC and commitment, and nudges every case once', async () => {
      const before = await register().db.reader('outbox');
      await handedIn(all);
      const { reader, keys } = register().db;
      expect(await scoresOf(all, all.students[0])).toEqual([
        { value: 800, mark: null },
        { value: 755, mark: null },
      ]);
      expect(await scoresOf(all, all.students[1])).toEqual([
        { value: 600, mark: null },
        { value: null, mark: 'absent' },
      ]);
      const events = await reader('score_events');
      expect(events).toHaveLength(6);
      for (const event of events) expect(event.mac).toBe(keys.rowMac('score_events', event));
      expect(events.every(({ version, actor_id }) => version === 1 && actor_id === all.college.users.teacher)).toBe(
        true,
      );
      const leaf = JSON.parse((await reader('audit_leaves').where({ kind: 'sheet_submitted' }).first()).leaf);
      expect(leaf.body.commitments).toHaveLength(3);
      expect((await reader('outbox')).length - before.length).toBe(3);
      expect(await reader('score_drafts')).toEqual([]);
    });

    test('an incomplete sheet is refused whole, with every gap named', async () => {
      await save(all, cellsOf(all, all.students[0], [800]));
      const refused = await submit(all).catch((problem) => problem);
      expect(refused.code).toBe('sheet_incomplete');
      expect(refused.errors).toHaveLength(5);
      expect(refused.errors[0]).toMatchObject({
        pointer: `/rows/${all.students[0].enrolment}/${all.parts[1]}`,
        code: 'score_missing',
      });
      expect(await register().db.reader('score_events')).toEqual([]);
    });

    test('twice with one key is once, and again with another is refused', async () => {
      await saveAll(all);
      const one = { ...call('teacher', {}), ifMatch: await etag(all) };
      const answer = await submitSheet(register(), one);
      expect(await submitSheet(register(), one)).toEqual(answer);
      expect(await register().db.reader('score_events')).toHaveLength(6);
      await expect(submit(all)).rejects.toMatchObject({ code: 'sheet_not_open' });
      await expect(save(all, [])).rejects.toMatchObject({ code: 'sheet_not_open' });
    });

    test('by two people at once, one hands in and the other is told', async () => {
      await saveAll(all);
      const seen = await etag(all);
      const both = await Promise.allSettled(
        [1, 2].map(() => submitSheet(register(), { ...call('teacher', {}), ifMatch: seen })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = both.find(({ status }) => status === 'rejected');
      expect(lost).toMatchObject({ reason: { code: 'sheet_not_open' } });
      expect(await register().db.reader('score_events')).toHaveLength(6);
    });

    test('somebody who is away needs no score', async () => {
      await changeStatus(register(), {
        ...all.college.call('registrar', {
          enrolmentId: all.students[2].enrolment,
          status: 'suspended' as const,
          reason: '休学',
        }),
        ifMatch: '"1"',
      });
      await save(all, [...cellsOf(all, all.students[0], full[0]!), ...cellsOf(all, all.students[1], full[1]!)]);
      await expect(submit(all)).resolves.toMatchObject({ scores: 4 });
    });
  });

  describe('the office', () => {
    test('returns a sheet with its reason; the teacher goes on from the scores, which count until then', async () => {
      await handedIn(all);
      await expect(returnSheet(register(), call('registrar', { reason: ' ' }))).rejects.toMatchObject({
        errors: [{ pointer: '/reason', code: 'reason_required' }],
      });
      await returnSheet(register(), call('registrar', { reason: '漏登平时成绩' }));
      expect(await register().db.reader('score_drafts')).toHaveLength(6);
      expect(await scoresOf(all, all.students[2])).toEqual([
        { value: 500, mark: null },
        { value: 400, mark: null },
      ]);
      await save(all, cellsOf(all, all.students[2], [500, 620]));
      await expect(submit(all)).resolves.toMatchObject({ scores: 1 });
      const events = await register()
        .db.reader('score_events')
        .where({ component_id: all.parts[1], enrolment_id: all.students[2].enrolment })
        .orderBy('version')
        .select('version', 'value', 'reason');
      expect(events).toEqual([
        { version: 1, value: 400, reason: null },
        { version: 2, value: 620, reason: '漏登平时成绩' },
      ]);
    });

    test('opens only the rows asked for, by another person than the one who asked', async () => {
      await locked(all);
      const [one, two] = all.students;
      await expect(
        requestUnlock(register(), call('teacher', { rows: ['enr_none'], reason: 'x' })),
      ).rejects.toMatchObject({ errors: [{ pointer: '/rows/0', code: 'not_on_sheet' }] });
      await requestUnlock(register(), call('teacher', { rows: [one.enrolment], reason: '加分漏计' }));
      await expect(decideUnlock(register(), call('teacher', { answer: 'approved' as const }))).rejects.toMatchObject({
        code: 'second_person_required',
      });
      await decideUnlock(register(), call('registrar', { answer: 'approved' as const }));
      await expect(save(all, cellsOf(all, two, [900]))).rejects.toMatchObject({ errors: [{ code: 'row_not_open' }] });
      await save(all, cellsOf(all, one, [900]));
      await expect(submit(all)).resolves.toMatchObject({ scores: 1 });
      expect(await scoresOf(all, one)).toEqual([
        { value: 900, mark: null },
        { value: 755, mark: null },
      ]);
      expect(await scoresOf(all, two)).toHaveLength(2);
    });

    test('refuses an unlock with a reason, and the sheet stays locked', async () => {
      await locked(all);
      await requestUnlock(register(), call('teacher', { rows: [all.students[0].enrolment], reason: '想改' }));
      await expect(decideUnlock(register(), call('registrar', { answer: 'refused' as const }))).rejects.toMatchObject({
        code: 'bad_input',
      });
      await decideUnlock(register(), call('registrar', { answer: 'refused' as const, reason: '无依据' }));
      await expect(save(all, [])).rejects.toMatchObject({ code: 'sheet_not_open' });
    });

    test('archives what is locked, and nothing before', async () => {
      await handedIn(all);
      await expect(archiveSheet(register(), call('registrar', {}))).rejects.toMatchObject({ code: 'sheet_state' });
      await acceptSheet(register(), call('registrar', {}));
      await archiveSheet(register(), call('registrar', {}));
      await expect(returnSheet(register(), call('registrar', { reason: 'x' }))).rejects.toMatchObject({
        code: 'sheet_state',
      });
    });
  });

  describe('a correction', () => {
    const correct = async (change: object) =>
      correctScore(register(), {
        ...call('registrar', {
          enrolmentId: all.students[2].enrolment,
          componentId: all.parts[1],
          value: 610,
          mark: null,
          reason: '阅卷误判',
          ...change,
        }),
        ifMatch: await etag(all),
      });

    test('is a further event with its reason; both values stay, the new one counts', async () => {
      await locked(all);
      expect(await correct({})).toMatchObject({ scoreVersion: 2 });
      expect(await scoresOf(all, all.students[2])).toEqual([
        { value: 500, mark: null },
        { value: 610, mark: null },
      ]);
      const leaf = JSON.parse(
        (await register().db.reader('audit_leaves').where({ kind: 'score_corrected' }).first()).leaf,
      );
      for (const part of [leaf.before, leaf.after, leaf.reason]) expect(part).toMatch(/^hmac-sha256:/);
    });

    test('is refused without reason, out of range, for a stranger, or while the sheet is open', async () => {
      await expect(correct({})).rejects.toMatchObject({ code: 'sheet_state' });
      await locked(all);
      const refused = await correct({ reason: '', value: 2000 }).catch((problem) => problem);
      expect(refused.errors.map(({ code }: { code: string }) => code)).toEqual([
        'reason_required',
        'score_out_of_range',
      ]);
      await expect(correct({ enrolmentId: 'enr_none' })).rejects.toMatchObject({ errors: [{ code: 'not_on_sheet' }] });
      await expect(correct({ componentId: null })).rejects.toMatchObject({ errors: [{ code: 'component_unknown' }] });
    });
  });

  describe('a student', () => {
    test('moves to another class with the sheets nobody has handed in', async () => {
      const { college, students } = all;
      const id = register().newId('orgUnit');
      await register().db.writer('org_units').insert({
        id,
        college_id: college.id,
        kind: 'class',
        name: '机电2302班',
        programme_id: college.programme,
        cohort: 2023,
      });
      await save(all, cellsOf(all, students[0], [800]));
      const move = {
        ...college.call('registrar', { enrolmentId: students[0].enrolment, classId: id, reason: '转班' }),
        ifMatch: '"1"',
      };
      expect(await transferClass(register(), move)).toMatchObject({ version: 2, sheets: 0 });
      const reader = register().db.reader;
      expect(await reader('score_sheet_rows').where({ enrolment_id: students[0].enrolment })).toEqual([]);
      await openTerm(register(), college.call('registrar', { termId: college.terms['2023-1']! }));
      expect(await reader('score_sheet_rows').where({ enrolment_id: students[0].enrolment })).toHaveLength(1);
      expect(
        await transferClass(register(), {
          ...college.call('registrar', {
            enrolmentId: students[0].enrolment,
            classId: college.classId,
            reason: '转回',
          }),
          ifMatch: '"2"',
        }),
      ).toMatchObject({ sheets: 1 });
      expect(await reader('enrolment_events').pluck('kind')).toEqual(['class_transferred', 'class_transferred']);
    });

    test('has facts recorded, many at once or none', async () => {
      const { college, students } = all;
      const rows = students.map(({ enrolment }) => ({
        enrolmentId: enrolment,
        internshipMonths: 6,
        disciplineOpen: false,
      }));
      await recordEnrolmentFacts(register(), college.call('registrar', { rows }));
      const reader = register().db.reader;
      expect(await reader('enrolments').distinct('internship_months', 'discipline_open', 'version')).toEqual([
        { internship_months: 6, discipline_open: 0, version: 2 },
      ]);
      const wrong = recordEnrolmentFacts(
        register(),
        college.call('registrar', {
          rows: [
            { enrolmentId: students[0].enrolment, internshipMonths: 5 },
            { enrolmentId: 'enr_none', internshipMonths: 99 },
          ],
        }),
      );
      await expect(wrong).rejects.toMatchObject({
        errors: [{ pointer: '/rows/1/enrolmentId' }, { pointer: '/rows/1/internshipMonths' }],
      });
      expect(await reader('enrolments').distinct('internship_months')).toEqual([{ internship_months: 6 }]);
    });

    test('who has left does not come back', async () => {
      const { college, students } = all;
      const become = (status: 'withdrawn' | 'enrolled', version: number) =>
        changeStatus(register(), {
          ...college.call('registrar', { enrolmentId: students[0].enrolment, status, reason: '本人申请' }),
          ifMatch: `"${version}"`,
        });
      await become('withdrawn', 1);
      await expect(become('enrolled', 2)).rejects.toMatchObject({ code: 'enrolment_status' });
      expect(await register().db.reader('score_sheet_rows')).toHaveLength(2);
    });
  });
});

forEachDatabase((_name, open) => {
  test('a resit is for those the pass mark in force leaves below it, and the best attempt counts', async () => {
    const all = await aClass(await aCollege(await open(), { rules: true }));
    await locked(all);
    const { college, students } = all;
    const { register } = college;
    const offering = await register.db.reader('offerings').first('id');
    const resit = await openResitSheet(
      register,
      college.call('registrar', { offeringId: offering.id, dueOn: '2024-03-01' }),
    );
    expect(resit).toMatchObject({ attempt: 2, students: 2 });
    const rows = await register.db.reader('score_sheet_rows').where({ sheet_id: resit.sheet }).pluck('enrolment_id');
    expect(rows.sort()).toEqual([students[1].enrolment, students[2].enrolment].sort());
    const second = { ...all, sheet: resit.sheet };
    await expect(
      openResitSheet(register, college.call('registrar', { offeringId: offering.id, dueOn: '2024-03-01' })),
    ).rejects.toMatchObject({ code: 'sheet_state' });
    await save(second, [...cellsOf(all, students[1], [700, 700]), ...cellsOf(all, students[2], [700, 700])]);
    await submit(second);
    expect(
      await register.db
        .reader('current_scores')
        .where({ enrolment_id: students[1].enrolment })
        .distinct('attempt')
        .orderBy('attempt')
        .pluck('attempt'),
    ).toEqual([1, 2]);
    await expect(
      openResitSheet(register, college.call('registrar', { offeringId: offering.id, dueOn: '2024-03-01' })),
    ).rejects.toMatchObject({ code: 'nobody_to_resit' });
  });
});
