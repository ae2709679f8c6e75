import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoFiles } from '../../demo/college/files.ts';
import { readActs } from '../../demo/acts.ts';
import { courses, electiveCredits } from '../../demo/college/plan.ts';
import { DEFAULT_SIZE, makeStudents } from '../../demo/college/students.ts';
import { troubles } from '../../demo/college/troubles.ts';
import { readConversions } from '../../demo/independent/credit.ts';
import { readPlan, readTranscript } from '../../demo/independent/courses.ts';
import { computeVerdicts } from '../../demo/independent/compute.ts';
import { readImport } from '../../documents/spreadsheet/read.ts';
import type { ImportKind } from '../../schemas/imports.ts';

const FOLDER = new URL('../../demo/workbooks/', import.meta.url).pathname;

describe('the plan of the example college', () => {
  const sum = (of: (course: (typeof courses)[number]) => number, among = courses) =>
    among.reduce((total, course) => total + of(course), 0);
  const hours = sum((course) => course.hours);

  test('fulfils what the ministry asks of a three-year programme', () => {
    expect(courses).toHaveLength(24);
    expect(hours).toBeGreaterThanOrEqual(2500);
    expect(courses.filter(({ kind }) => kind === '专业核心课').length).toBeGreaterThanOrEqual(6);
    expect(courses.filter(({ kind }) => kind === '专业核心课').length).toBeLessThanOrEqual(8);
    const basic = courses.filter(({ kind }) => ['公共基础课', '思想政治课', '体育课'].includes(kind));
    expect(sum((course) => course.hours, basic) / hours).toBeGreaterThanOrEqual(0.25);
    expect(sum((course) => course.practiceHours) / hours).toBeGreaterThanOrEqual(0.5);
    expect(
      sum(
        (course) => course.hours,
        courses.filter(({ required }) => !required),
      ) / hours,
    ).toBeGreaterThanOrEqual(0.1);
  });

  test('counts 16 to 18 hours as one credit', () => {
    for (const { hours: taught, credits } of courses)
      expect(taught / credits).toSatisfy((ratio: number) => ratio >= 16 && ratio <= 18);
    expect(electiveCredits).toBe(18);
  });
});

describe('the workbooks', () => {
  test('are made again byte for byte', () => {
    for (const { name, bytes } of demoFiles(DEFAULT_SIZE))
      expect(bytes.equals(readFileSync(FOLDER + name)), name).toBe(true);
  });

  const imports: readonly [name: string, kind: ImportKind, rows: number, faults: number][] = [
    ['students.xlsx', 'students', 149, 1],
    ['students-late.csv', 'students', 1, 0],
    ['plan.xlsx', 'plan', 24, 0],
    ['mapping.csv', 'mapping', 13, 0],
    ['scores-term-1.xls', 'scores', 765, 0],
    ['scores-term-2.csv', 'scores', 774, 0],
    ['sheets-term-3.xlsx', 'scores', 2250, 0],
    ['results-four.xlsx', 'results', 148, 0],
    ['results-three.xls', 'results', 132, 0],
    ['outcomes.xlsx', 'outcomes', 65, 0],
  ];
  test.each(imports)('%s is read as %s', async (name, kind, rows, faults) => {
    const parsed = await readImport(FOLDER + name, kind);
    expect([parsed.rows.length, parsed.faults.length]).toEqual([rows, faults]);
  });

  test('of a larger college have as many students, all with numbers of their own', () => {
    const students = makeStudents({ students: 20_000, classes: 400, seed: 'large' });
    expect(new Set(students.map(({ no }) => no)).size).toBe(20_000);
    expect(new Set(students.map(({ idNumber }) => idNumber)).size).toBe(20_000);
    expect(new Set(students.map(({ name }) => name)).size).toBe(20_000);
  });
});

describe('the independent computation', () => {
  const verdicts = new Map(computeVerdicts(FOLDER).map((one) => [one.studentNo, one]));

  test('shares no code with what it checks', () => {
    const folder = new URL('../../demo/independent/', import.meta.url);
    const imports = readdirSync(folder).flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((from) => !/^(\.\/|node:|@e965\/xlsx$)/.test(from))).toEqual([]);
  });

  test('knows all students', () => {
    expect(verdicts.size).toBe(150);
  });

  const named = makeStudents(DEFAULT_SIZE).flatMap(({ no, trouble }) => (trouble ? [{ no, ...trouble }] : []));
  test.each(named)('$what', ({ no, expected }) => {
    const found = verdicts.get(no);
    expect({ diploma: found?.diploma.verdict, four: found?.four.verdict, three: found?.three.verdict }).toEqual(
      expected,
    );
  });

  test('every trouble has a student', () => {
    expect(named).toHaveLength(troubles.length);
  });

  test('refuses the requests for credit that must be refused', () => {
    const { converted, refused } = readConversions(FOLDER, {
      plan: readPlan(FOLDER),
      transcript: readTranscript(FOLDER),
    });
    expect(refused.map(({ reason }) => reason).sort()).toEqual([
      '成果已使用',
      '成果已过有效期',
      '课程学分高于成果学分',
      '超过上限',
    ]);
    expect([...converted.values()].map((codes) => [...codes].join()).sort()).toEqual([
      'JD103',
      'JD402',
      'JD404',
      'JD502',
    ]);
  });
});

describe('the acts of the demonstration', () => {
  const acts = readActs(FOLDER);

  test('name a scheme of whole weights for every course that is taught', () => {
    expect(acts.schemes.map(({ courseCode }) => courseCode)).toEqual(
      courses.filter(({ term }) => term > 2).map(({ code }) => code),
    );
    for (const { components } of acts.schemes)
      expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
  });

  test('are read in their order, with the words of the register', () => {
    expect(acts.credit.map(({ term, courseCodes }) => `${term} ${courseCodes.join('+')}`)).toEqual([
      '3 JD105',
      '3 JD402',
      '3 JD302+JD303',
      '3 JD103',
      '3 JD402',
      '4 JD404',
      '5 JD502',
      '5 JD502',
    ]);
    expect(acts.matches).toContainEqual(
      expect.objectContaining({ kind: 'skill_certificate', level: 'four', courseCode: 'JD404', overlap: 9000 }),
    );
    expect(
      acts.applications.filter(({ workMonthsAfterHeld, level }) => level === 'three' && workMonthsAfterHeld === null),
    ).toHaveLength(1);
    expect(acts.events.filter(({ what }) => !['internship', 'discipline'].includes(what))).toEqual([
      expect.objectContaining({ what: 'correction', courseCode: 'JD301', component: '期末考试', value: 800 }),
      expect.objectContaining({ what: 'transfer', className: '机电2302班' }),
      expect.objectContaining({ what: 'suspend' }),
      expect.objectContaining({ what: 'withdraw' }),
    ]);
  });
});
