import { ARCHIVED_TERMS, componentsOf, courses, mapping, occupation, programme } from './plan.ts';
import { levelResult, linesOfTerm } from './records.ts';
import type { ScoreLine } from './records.ts';
import { ISSUERS, matches, outcomesOf } from './outcomes.ts';
import { importTable } from './sheets.ts';
import type { Cell, Table } from './sheets.ts';
import type { Student } from './students.ts';
import type { StudentEvent } from './troubles.ts';

export function studentsTable(students: readonly Student[], late: boolean): Table {
  const rows = students.filter(({ trouble }) => !late || trouble?.late);
  return importTable(
    'students',
    rows.map(({ no, name, gender, idNumber, className, priorSchooling, trouble }) => ({
      studentNo: no,
      name,
      idNumber: trouble?.late && !late ? null : idNumber,
      gender,
      className,
      programmeCode: programme.code,
      cohort: programme.cohort,
      enrolledOn: programme.enrolledOn,
      workMonths: 0,
      priorSchooling,
    })),
  );
}

export function planTable(): Table {
  return importTable(
    'plan',
    courses.map(({ code, name, kind, term, credits, hours, practiceHours, required }) => ({
      programmeCode: programme.code,
      cohort: programme.cohort,
      courseCode: code,
      courseName: name,
      courseKind: kind,
      termNo: term,
      credits,
      hours,
      practiceHours,
      required: required ? '必修' : '选修',
    })),
  );
}

export function mappingTable(): Table {
  return importTable(
    'mapping',
    mapping.map(([courseCode, level, unitName, coverage]) => ({
      courseCode,
      ...standard,
      level,
      unitName,
      coverage: `${coverage}%`,
    })),
  );
}

const standard = { occupationCode: occupation.code, edition: occupation.edition };

/** Both attempts of an archived term, or one attempt of a taught one. */
export function scoresTable(students: readonly Student[], term: number, attempt?: 1 | 2): Table {
  const attempts = attempt === undefined ? ([1, 2] as const) : [attempt];
  return importTable('scores', attempts.flatMap((one) => linesOfTerm(students, term, one)).map(scoreRow));
}

const scoreRow = ({ student, course, component, score, mark, attempt }: ScoreLine): Record<string, Cell> => ({
  termNo: course.term,
  courseCode: course.code,
  studentNo: student.no,
  name: student.name,
  component: component || null,
  score,
  mark: mark || null,
  attempt: attempt === 1 ? '首次' : '补考',
});

const ASSESSED = { four: '2025-12-20', three: '2026-06-06' } as const;
const LEVELS = { four: '四级', three: '三级' } as const;
type LevelKey = keyof typeof LEVELS;

export function resultsTable(students: readonly Student[], level: LevelKey): Table {
  const rows = students.flatMap((student) => {
    const result = levelResult(student, level);
    if (result === null || Object.keys(result).length === 0) return [];
    const { theory = null, practical = null, mark = null } = result;
    return [
      {
        studentNo: student.no,
        name: student.name,
        ...standard,
        level: LEVELS[level],
        theory,
        practical,
        mark,
        assessedOn: ASSESSED[level],
      },
    ];
  });
  return importTable('results', rows);
}

export function outcomesTable(students: readonly Student[]): Table {
  return importTable(
    'outcomes',
    outcomesOf(students).map(
      ({
        student,
        kind,
        name,
        level,
        tier,
        prize,
        number,
        issuer,
        issuedOn,
        expiresOn,
        verified,
        credits,
        score,
        occupationCode,
      }) => ({
        studentNo: student.no,
        name: student.name,
        kind,
        outcomeName: name,
        level: level ?? null,
        contestTier: tier ?? null,
        contestPrize: prize ?? null,
        number: number || null,
        issuer,
        issuedOn,
        expiresOn: expiresOn ?? null,
        verified: verified || null,
        credits: credits ?? null,
        score: score ?? null,
        occupationCode: occupationCode ?? null,
      }),
    ),
  );
}

/** The rest is not imported: the demonstration does these acts through commands, at the beginning of the term named. */
export function schemesTable(): Table {
  const rows = courses
    .filter(({ term }) => term > ARCHIVED_TERMS)
    .flatMap((course) =>
      componentsOf(course).map(({ name, kind, weight }) => [course.code, course.name, name, kind, weight, 100]),
    );
  return { title: '考核方案', headers: ['课程代码', '课程名称', '考核项目', '类型', '权重', '满分'], rows };
}

export function matchesTable(): Table {
  return {
    title: '成果与课程匹配',
    headers: ['成果类型', '成果名称', '等级', '课程代码', '匹配度', '依据'],
    rows: matches.map(([kind, name, level, course, overlap]) => [
      kind,
      name,
      level,
      course,
      overlap,
      `示例：专业负责人比对，${ISSUERS[kind]}公布的内容`,
    ]),
  };
}

export function creditTable(students: readonly Student[]): Table {
  const rows = students.flatMap((student) => {
    const { credit = [], outcomes = [] } = student.trouble ?? {};
    return credit.map(({ term, outcome, courses: codes }) => {
      const { kind = '', name = '' } = outcomes[outcome] ?? {};
      return [term, student.no, student.name, kind, name, codes.join('、')];
    });
  });
  return {
    title: '学分认定申请',
    headers: ['学期', '学号', '姓名', '成果类型', '成果名称', '申请课程'],
    rows: rows.sort(byTerm),
  };
}

const APPLY_IN = { four: 5, three: 6 } as const;

export function applicationsTable(students: readonly Student[]): Table {
  const rows = (['four', 'three'] as const).flatMap((level) =>
    students
      .filter((student) => levelResult(student, level) !== null)
      .map((student) => [
        APPLY_IN[level],
        student.no,
        student.name,
        occupation.code,
        occupation.edition,
        LEVELS[level],
        monthsDeclared(student, level),
      ]),
  );
  return {
    title: '等级认定申报',
    headers: ['学期', '学号', '姓名', '职业编码', '标准版本', '等级', '取证后从业月数'],
    rows,
  };
}

function monthsDeclared({ trouble }: Student, level: LevelKey): number | null {
  if (level === 'four') return null;
  return trouble?.declaredMonths === undefined ? 0 : trouble.declaredMonths;
}

const LAST_TERM = 6;
const INTERNSHIP_MONTHS = 6;

export function eventsTable(students: readonly Student[]): Table {
  const rows = students.flatMap((student) =>
    eventsOf(student).map(({ term, what, course, component, content, reason }) => [
      term,
      student.no,
      student.name,
      what,
      course ?? null,
      component ?? null,
      content || null,
      reason,
    ]),
  );
  return {
    title: '学籍与成绩事项',
    headers: ['学期', '学号', '姓名', '事项', '课程代码', '考核项目', '内容', '原因'],
    rows: rows.sort(byTerm),
  };
}

function eventsOf({ trouble }: Student): StudentEvent[] {
  const events = [...(trouble?.events ?? [])];
  const away = events.some(({ what }) => what === '休学' || what === '退学');
  const months = trouble?.internshipMonths === undefined ? INTERNSHIP_MONTHS : trouble.internshipMonths;
  if (months !== null)
    events.push({ term: LAST_TERM, what: '实习月数', content: String(months), reason: '岗位实习登记' });
  if (!away && !events.some(({ what }) => what === '处分未解除'))
    events.push({ term: LAST_TERM, what: '无处分', content: '', reason: '毕业前学籍核查' });
  return events;
}

const byTerm = (a: readonly Cell[], b: readonly Cell[]): number => Number(a[0]) - Number(b[0]);
