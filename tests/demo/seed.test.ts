import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { demoAccounts } from '../../demo/seed/accounts.ts';
import { readCalendarDays, readStandards } from '../../demo/reference/read.ts';
import { markSeeded, openFirstTerm, seedDemoCollege, seedStudents, wantsDemo } from '../../demo/seed/seed-demo.ts';
import { signIn } from '../../register/accounts/sign-in.ts';
import { collegeTime } from '../../register/college/clock.ts';
import { startClock } from '../../register/college/start-clock.ts';
import { readTx } from '../../db/read-tx.ts';
import { isWorkingDay } from '../../rules/working-days.ts';
import { testRegister } from '../support/college.ts';
import type { TestDatabase } from '../support/databases.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-seed-'));
  folders.push(folder);
  return folder;
}

async function counts(db: TestDatabase): Promise<Record<string, number>> {
  const tables = [
    'enrolments',
    'score_events',
    'learning_outcomes',
    'score_sheet_rows',
    'rule_revisions',
    'users',
    'audit_leaves',
  ];
  const found: [string, number][] = [];
  for (const table of tables) found.push([table, Number((await db.reader(table).count({ n: '*' }).first())?.n)]);
  return Object.fromEntries(found);
}

forEachDatabase((_name, open) => {
  test('the seed cut short and begun again makes one living college in term 3, whose accounts sign in', async () => {
    const db = await open({ clock: testClock('2026-11-22T02:00:00.000Z') });
    const register = testRegister(db);
    const dataDir = aFolder();
    expect(await wantsDemo(register)).toBe(true);
    await seedDemoCollege(register, dataDir);
    const seeded = await seedDemoCollege(register, dataDir);
    await seedStudents(register, { ...seeded, dataDir });
    const again = await counts(db);
    await seedStudents(register, { ...seeded, dataDir });
    expect(await counts(db)).toEqual(again);
    await openFirstTerm(register, seeded);
    await markSeeded(register, seeded.college);
    expect(await wantsDemo(register)).toBe(false);

    expect(await counts(db)).toMatchObject({
      enrolments: 150,
      score_events: 1539,
      learning_outcomes: 65,
      rule_revisions: 14,
      users: demoAccounts.length,
    });
    const time = await readTx(db, (tx) => collegeTime(tx, db.clock, seeded.college));
    expect(time.today).toBe('2024-09-02');
    await expectAccounts(register, join(dataDir, 'demo-accounts.txt'));
    const again2 = { on: '2024-09-01', reason: 'twice' };
    const by = { userId: 'seed', collegeId: seeded.college, role: 'system' };
    await expect(startClock(register, { key: 'again', by, input: again2 })).rejects.toMatchObject({
      code: 'clock_already_started',
    });
  }, 180_000);
});

async function expectAccounts(register: ReturnType<typeof testRegister>, file: string): Promise<void> {
  expect(existsSync(file)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(demoAccounts.length);
  for (const line of lines.slice(0, 3)) {
    const [loginName = '', password = ''] = line.trim().split(/\s+/).slice(-2);
    const session = await signIn(register, { loginName, password, address: '192.0.2.1' });
    expect(session).toBeTruthy();
  }
}

test('the five weight tables are whole at every level and marked as unconfirmed', () => {
  const standards = readStandards();
  expect(standards.map(({ name }) => name.zh)).toEqual(['电工', '车工', '养老护理员', '保育师', '中式烹调师']);
  for (const { units, evidence } of standards) {
    expect(evidence).toBe('unconfirmed');
    const sums = new Map<string, number>();
    for (const { level, skillWeight } of units) sums.set(level, (sums.get(level) ?? 0) + skillWeight);
    expect([...sums.values()]).toEqual(Array.from({ length: 5 }, () => 10_000));
  }
});

test('the calendar knows the holidays of four years and the weekends worked for them', () => {
  const { days } = readCalendarDays();
  const calendar = new Map(days.map(({ day, kind }) => [day, kind]));
  expect(calendar.size).toBe(days.length);
  for (const holiday of ['2024-10-01', '2025-01-29', '2026-02-17']) expect(isWorkingDay(holiday, calendar)).toBe(false);
  for (const worked of ['2024-09-29', '2025-01-26', '2026-02-28']) expect(isWorkingDay(worked, calendar)).toBe(true);
  for (const { kind, day } of days) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (kind === 'working') expect([0, 6], day).toContain(weekday);
  }
});
