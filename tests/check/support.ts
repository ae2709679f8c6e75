import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from '../../bin/lib/find-in-files.ts';
import type { Database } from '../../db/open.ts';
import { openDatabase, REGISTER_FILE } from '../../db/open.ts';
import type { Ground, SignerRecord } from '../../register/check/check.ts';
import { runChecks } from '../../register/check/run-checks.ts';
import { signOff } from '../../register/certification/sign-off.ts';
import { addAuthorisation } from '../../register/college/create-college.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import type { Register } from '../../register/register.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { LedgerEntry } from '../../schemas/signer.ts';
import { aCollege, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { testKeys } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { aStudentLine, fileOf, imported, studentHeaders } from '../support/imports.ts';
import { drive } from '../support/students.ts';

/** A signer with a real key and a ledger that can be read and spoilt. */
export function aSigner(clock: { now(): string }): {
  signer: Register['signer'];
  record: SignerRecord & { entries: LedgerEntry[] };
} {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = {
    kid: 'test',
    alg: 'Ed25519' as const,
    x: String(publicKey.export({ format: 'jwk' }).x),
    notBefore: '2020-01-01T00:00:00.000Z',
  };
  const record = { readAt: '2099-01-01T00:00:00.000Z', keys: [key], entries: [] as LedgerEntry[] };
  const signer = {
    sign: async (payload: Parameters<Register['signer']['sign']>[0]) => {
      const text = canonicalJson(payload);
      const payloadHash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
      const at = clock.now();
      record.entries.push({
        ...{
          seq: record.entries.length + 1,
          number: payload.number,
          certificateId: payload.id,
          decisionId: payload.decisionId,
        },
        ...{
          seriesId: payload.series?.id ?? null,
          serial: payload.series?.serial ?? null,
          payloadHash,
          recordedAt: at,
        },
        ...{ kid: key.kid, signature, signedAt: at },
      });
      return { kid: key.kid, alg: 'Ed25519' as const, signature, signedAt: at };
    },
  };
  return { signer: signer as unknown as Register['signer'], record };
}

export interface Certified {
  db: TestDatabase;
  college: College;
  record: SignerRecord & { entries: LedgerEntry[] };
  students: Student[];
}

/** Two students, imported with scores and results, each with a skill certificate; the first with a diploma besides. */
export async function certified(db: TestDatabase): Promise<Certified> {
  const { signer, record } = aSigner(db.clock);
  const college = await aCollege(db, { rules: true, register: testRegister(db, { signer }) });
  await authorise(college);
  await imported(college, fileOf('students', [studentHeaders, aStudentLine(1), aStudentLine(2)]));
  const scores = ['JD101', 'JD102'].flatMap((course, index) =>
    [1, 2].map((serial) => [index + 1, course, aStudentLine(serial)[0] ?? '', 70 + serial]),
  );
  await imported(college, fileOf('scores', [['学期', '课程代码', '学号', '成绩'], ...scores]));
  const students = await studentsOf(db);
  for (const { four } of students)
    await applyForAssessment(college.register, college.call('registrar', { pathwayId: four }));
  for (const student of students) await drive(college, student);
  const results = [1, 2].map((serial) => [
    aStudentLine(serial)[0] ?? '',
    '6-31-01-03',
    '2018',
    '四级',
    71,
    82,
    '2025-09-06',
  ]);
  await imported(
    college,
    fileOf('results', [['学号', '职业编码', '标准版本', '等级', '理论成绩', '实操成绩', '考核日期'], ...results]),
  );
  const [first] = students;
  await db.writer('enrolments').update({ internship_months: 6, discipline_open: 0 });
  await auditPathway(college.register, college.call('registrar', { pathwayId: first?.diploma ?? '' }));
  for (const student of students) await drive(college, student);
  await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 12, reason: 'test' }));
  for (const student of students) {
    await drive(college, student);
    await signed(college, student, student === first);
  }
  await db.writer('outbox').update({ sent_at: db.clock.now() });
  return { db, college, record, students };
}

async function signed(college: College, student: Student, withDiploma: boolean): Promise<void> {
  const approved = (pathwayId: string) =>
    signOff(college.register, college.call('certification_officer', { pathwayId, answer: 'approved' as const }));
  await approved(student.four);
  if (withDiploma) await approved(student.diploma);
  await drive(college, student);
}

async function authorise({ register, call }: College): Promise<void> {
  const common = { fromOn: '2020-01-01', source: 'test', evidence: 'unconfirmed' as const };
  const place = { letter: 'S' as const, organisation: '0000', province: '23', site: '000001' };
  const skill = { type: 'skill' as const, occupationCode: '6-31-01-03', level: 'four', ...place, ...common };
  const school = { schoolCode: '14999', schoolKind: '1', schoolLevel: '06' };
  await addAuthorisation(register, call('registrar', skill));
  await addAuthorisation(
    register,
    call('registrar', { type: 'diploma' as const, programmeCode: '460301', ...school, ...common }),
  );
}

async function studentsOf(db: Database): Promise<Student[]> {
  const rows: { id: string; person_id: string }[] = await db
    .reader('enrolments')
    .orderBy('student_no')
    .select('id', 'person_id');
  const pathways: { id: string; enrolment_id: string; type: string; level: string | null }[] =
    await db.reader('pathways');
  return rows.map(({ id, person_id }) => {
    const own = pathways.filter((one) => one.enrolment_id === id);
    const of = (what: string) => own.find(({ type, level }) => (level ?? type) === what)?.id ?? '';
    return {
      enrolment: id,
      person: person_id,
      diploma: of('diploma'),
      four: of('four'),
      three: of('three'),
    } as Student;
  });
}

/** Ids of the checks that found something. */
export async function breached(db: Database, ground: Partial<Omit<Ground, 'db' | 'tx'>> = {}): Promise<string[]> {
  const nowhere = async () => ({ files: 1, found: [] });
  const results = await runChecks(db, {
    signer: null,
    findInFiles: nowhere,
    now: '2025-09-08T03:00:00.000Z',
    ...ground,
  });
  return results
    .filter(({ breaches }) => breaches > 0)
    .map(({ check, first }) => `${check.id} ${first?.what.split(':')[0]}`);
}

/** A copy of a database to spoil. */
export async function copyOf(db: TestDatabase): Promise<{ copy: Database; folder: string; done(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-check-'));
  await db.writer.raw('VACUUM INTO ?', [join(folder, REGISTER_FILE)]);
  const copy = await openDatabase({ dataDir: folder }, { keys: testKeys(), clock: db.clock });
  const done = async (): Promise<void> => {
    await copy.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { copy, folder, done };
}

/** Changes rows as only somebody with the file in hand can: triggers and references out of the way, then back as they were. */
export async function forced(db: Database, change: () => Promise<unknown>): Promise<void> {
  const triggers: { name: string; sql: string }[] = await db
    .reader('sqlite_schema')
    .where({ type: 'trigger' })
    .select('name', 'sql');
  await db.writer.raw('PRAGMA foreign_keys=OFF');
  for (const { name } of triggers) await db.writer.raw(`DROP TRIGGER ${name}`);
  await change();
  for (const { sql } of triggers) await db.writer.raw(sql);
  await db.writer.raw('PRAGMA foreign_keys=ON');
}

export function aLogWith(text: string): { find: Ground['findInFiles']; done(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-log-'));
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs', 'api.log'), `{"msg":"import failed for ${text}"}\n`);
  return { find: filesBelow(folder), done: () => rmSync(folder, { recursive: true, force: true }) };
}
