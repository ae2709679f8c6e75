import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conductorOf } from '../../bin/conductor.ts';
import { readActs } from '../../demo/acts.ts';
import type { EventAct } from '../../demo/acts.ts';
import { demoFiles } from '../../demo/college/files.ts';
import { DEFAULT_SIZE } from '../../demo/college/students.ts';
import { computeVerdicts } from '../../demo/independent/compute.ts';
import { markSeeded, seedDemoCollege, seedStudents, wantsDemo } from '../../demo/seed/seed-demo.ts';
import { readImport } from '../../documents/spreadsheet/read.ts';
import { loadCase } from '../../register/cases/load-case.ts';
import { signOff } from '../../register/certification/sign-off.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { commitImport } from '../../register/imports/commit-import.ts';
import { stageImport } from '../../register/imports/stage-import.ts';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import type { Register } from '../../register/register.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { ParsedImport } from '../../schemas/parsed-import.ts';
import { Problem } from '../../schemas/problem.ts';
import { aSigner, breached } from '../check/support.ts';
import { testRegister } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

const NOW = '2026-11-22T02:00:00.000Z';
/** Everybody with a story, and one in twelve of the others; the journey takes them all. */
const FOLDER = mkdtempSync(join(tmpdir(), 'dualcert-demo-'));
const some = demoFiles(DEFAULT_SIZE, ({ trouble }, index) => trouble !== undefined || index % 12 === 0);
for (const { name, bytes } of some) writeFileSync(join(FOLDER, name), bytes);
const acts = readActs(FOLDER);
const weights = Object.fromEntries(
  acts.schemes.map(({ courseCode, components }) => [
    courseCode,
    Object.fromEntries(components.map(({ name, weight }) => [name, weight])),
  ]),
);

/** The whole life of the example cohort in one process, without Temporal: every command a person or the conductor would call. */
class Life {
  readonly db: TestDatabase;
  readonly register: Register;
  readonly refused: string[] = [];
  college = '';
  users: ReadonlyMap<string, string> = new Map();
  #calls = 0;

  constructor(db: TestDatabase, register: Register) {
    this.db = db;
    this.register = register;
  }

  call<I>(user: string, role: string, input: I) {
    this.#calls += 1;
    return {
      key: `life-${this.#calls}`,
      by: { userId: this.users.get(user) ?? '', collegeId: this.college, role },
      input,
    };
  }

  async seed(dataDir: string): Promise<void> {
    const seeded = await seedDemoCollege(this.register, dataDir);
    await seedStudents(this.register, { ...seeded, dataDir, folder: FOLDER });
    await markSeeded(this.register, seeded.college);
    this.college = seeded.college;
    this.users = seeded.users;
  }

  async import(name: string, kind: ImportKind, change: (parsed: ParsedImport) => void = () => {}): Promise<void> {
    const bytes = readFileSync(join(FOLDER, name));
    const parsed = await readImport(bytes, kind, {
      components: [...new Set(Object.values(weights).flatMap(Object.keys))],
    });
    change(parsed);
    const fileHash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const options = kind === 'scores' ? { weights } : {};
    const staged = await stageImport(
      this.register,
      this.call('registrar', 'registrar', { kind, fileName: name, fileHash, parsed, options }),
    );
    // the student who left in term 5 is refused by name
    const input = { batchId: staged.batch, previewHash: staged.previewHash, skipFaulty: true };
    await commitImport(this.register, this.call('registrar', 'registrar', input));
  }

  async begin(term: number): Promise<void> {
    if (term > 3)
      await moveClock(this.register, this.call('registrar', 'registrar', { to: 'next_term' as const, reason: 'next' }));
    for (const event of acts.events) if (event.term === term) await this.befall(event);
    for (const request of acts.credit) if (request.term === term) await this.ask(request);
    for (const one of acts.applications) if (one.term === term) await this.apply(one);
  }

  /** What the register knows of a student beside scores and outcomes; the commands for it are tested elsewhere. */
  async befall(event: EventAct): Promise<void> {
    const set = (change: Record<string, unknown>) =>
      this.db.writer('enrolments').where({ student_no: event.studentNo }).update(change);
    if (event.what === 'suspend') await set({ status: 'suspended' });
    if (event.what === 'withdraw') await set({ status: 'withdrawn' });
    if (event.what === 'discipline') await set({ discipline_open: event.open ? 1 : 0 });
    if (event.what === 'internship') await set({ internship_months: event.months });
  }

  async ask({ studentNo, kind, outcomeName, courseCodes }: (typeof acts.credit)[number]): Promise<void> {
    const outcome = await this.db
      .reader('learning_outcomes')
      .join('enrolments', 'enrolments.id', 'learning_outcomes.enrolment_id')
      .where({ student_no: studentNo, kind, 'learning_outcomes.name': outcomeName })
      .first('learning_outcomes.id');
    const courseIds = await this.db.reader('courses').whereIn('code', courseCodes).orderBy('code').pluck('id');
    try {
      await applyForCredit(this.register, this.call('registrar', 'registrar', { outcomeId: outcome.id, courseIds }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refused.push(error.code);
    }
  }

  async apply({ studentNo, level, workMonthsAfterHeld }: (typeof acts.applications)[number]): Promise<void> {
    const pathway = await this.db
      .reader('pathways')
      .join('enrolments', 'enrolments.id', 'pathways.enrolment_id')
      .where({ student_no: studentNo, level })
      .first('pathways.id', 'enrolment_id');
    await this.db
      .writer('enrolments')
      .where({ id: pathway.enrolment_id })
      .update({ work_months_after_held: workMonthsAfterHeld });
    await applyForAssessment(this.register, this.call('registrar', 'registrar', { pathwayId: pathway.id }));
  }

  /** Teaching, as archived sheets: entering them is tested elsewhere. */
  async teach(term: number): Promise<void> {
    const corrections = acts.events.flatMap((event) =>
      event.what === 'correction' && event.term === term ? [event] : [],
    );
    await this.import(`sheets-term-${term}.xlsx`, 'scores', ({ rows }) => {
      for (const { studentNo, courseCode, component, value } of corrections) {
        const row = rows.find(
          ({ values }) =>
            values.studentNo === studentNo && values.courseCode === courseCode && values.component === component,
        );
        if (row) row.values.score = value;
      }
    });
    if (term < 6) await this.import(`resits-term-${term}.xlsx`, 'scores');
  }

  async drive(): Promise<void> {
    const { perform } = conductorOf(this.register);
    const cases: string[] = await this.db.reader('enrolments').orderBy('student_no').pluck('id');
    for (const caseId of cases) {
      for (let turn = 0; turn < 40; turn += 1) {
        const [next] = (await loadCase(this.register, caseId)).due;
        if (!next) break;
        await perform[next.kind](
          { caseId, opKey: next.opKey },
          { heartbeat: () => undefined, signal: new AbortController().signal },
        );
      }
    }
  }

  /** After the notices: everything that waits is signed off and issued. */
  async certify(): Promise<void> {
    await this.drive();
    await moveClock(
      this.register,
      this.call('registrar', 'registrar', { to: 'days' as const, days: 12, reason: 'notice' }),
    );
    await this.drive();
    const waiting: string[] = await this.db
      .reader('public_notices')
      .leftJoin('sign_offs', 'sign_offs.notice_id', 'public_notices.id')
      .whereNotNull('closed_at')
      .whereNull('sign_offs.id')
      .orderBy('public_notices.id')
      .pluck('public_notices.pathway_id');
    for (const pathwayId of waiting) {
      await signOff(
        this.register,
        this.call('officer', 'certification_officer', { pathwayId, answer: 'approved' as const }),
      );
    }
    await this.drive();
  }
}

const words: Readonly<Record<string, string>> = { grant: 'granted', deny: 'denied' };

onSqlite((open) => {
  describe('the example cohort from term 3 to its certificates', () => {
    const clock = testClock(NOW);
    const { signer, record } = aSigner(clock);
    let life: Life;

    beforeAll(async () => {
      const db = await open({ clock });
      life = new Life(db, testRegister(db, { signer }));
      await life.seed(FOLDER);
      for (const term of [3, 4]) {
        await life.begin(term);
        await life.teach(term);
      }
      await life.begin(5);
      await moveClock(
        life.register,
        life.call('registrar', 'registrar', { to: 'days' as const, days: 115, reason: 'assessment' }),
      );
      await life.import('results-four.xlsx', 'results');
      await life.certify();
      await life.teach(5);
      await life.begin(6);
      await moveClock(
        life.register,
        life.call('registrar', 'registrar', { to: 'days' as const, days: 100, reason: 'assessment' }),
      );
      await life.drive();
      await life.import('results-three.xls', 'results');
      await life.teach(6);
      await moveClock(
        life.register,
        life.call('registrar', 'registrar', { to: 'days' as const, days: 35, reason: 'term over' }),
      );
      await life.certify();
    }, 300_000);

    afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

    test('a college that is seeded is not seeded again', async () => {
      expect(await wantsDemo(life.register)).toBe(false);
    });

    test('requests for credit that must be refused are refused', () => {
      expect(life.refused.sort()).toEqual(['credit_over_limit', 'outcome_already_spent']);
    });

    test('the register and the independent computation agree on every student', async () => {
      const rows: { id: string; student_no: string }[] = await life.db
        .reader('enrolments')
        .orderBy('student_no')
        .select('id', 'student_no');
      const found = [];
      for (const { id, student_no } of rows) {
        const { pathways } = await readStudentVerdicts(life.register, id);
        const of = (what: string) => pathways.find((one) => (one.level ?? one.type) === what)?.verdict.type ?? '';
        const word = (what: string) => words[of(what)] ?? of(what);
        found.push({ studentNo: student_no, diploma: word('diploma'), four: word('four'), three: word('three') });
      }
      const wanted = computeVerdicts(FOLDER).map(({ studentNo, diploma, four, three }) => ({
        studentNo,
        diploma: diploma.verdict,
        four: four.verdict,
        three: three.verdict,
      }));
      expect(found).toEqual(wanted);
    });

    test('every granted pathway has its certificate, and nobody else', async () => {
      const granted = computeVerdicts(FOLDER)
        .flatMap(({ diploma, four, three }) => [diploma, four, three])
        .filter(({ verdict }) => verdict === 'granted');
      const issued = await life.db.reader('certificates').where({ state: 'issued' }).count({ n: '*' }).first();
      expect(Number(issued?.n)).toBe(granted.length);
    });

    test('the register holds in every point', async () => {
      await life.db.writer('outbox').update({ sent_at: NOW });
      expect(await breached(life.db, { signer: record, now: clock.now() })).toEqual([]);
    }, 60_000);
  });
});
