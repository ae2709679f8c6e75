import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as xlsx from '@e965/xlsx';
import { levels, outcomeKinds } from '../schemas/import-choices.ts';
import type { Choice } from '../schemas/import-columns.ts';

/** What people do in the demonstration besides importing: read from the last five workbooks of `demo/README.md`. */
export interface Acts {
  schemes: SchemeAct[];
  matches: MatchAct[];
  credit: CreditAct[];
  applications: ApplicationAct[];
  events: EventAct[];
}

export type ComponentKind = 'process' | 'practical' | 'project' | 'final';

/** Weight in hundredths of a percent, maximum with one decimal. */
export interface SchemeAct {
  courseCode: string;
  components: { name: string; kind: ComponentKind; weight: number; maxScore: number }[];
}

export interface MatchAct {
  kind: string;
  outcomeName: string;
  /** Empty: whatever the level. */
  level: string;
  courseCode: string;
  overlap: number;
  source: string;
}

/** At the beginning of a term: this student's outcome of that kind and name, for these courses. */
export interface CreditAct {
  term: number;
  studentNo: string;
  kind: string;
  outcomeName: string;
  courseCodes: string[];
}

export interface ApplicationAct {
  term: number;
  studentNo: string;
  occupationCode: string;
  edition: string;
  level: string;
  /** Months of work after the certificate held, as declared; null when left blank. */
  workMonthsAfterHeld: number | null;
}

export type EventAct = { term: number; studentNo: string; reason: string } & (
  | { what: 'transfer'; className: string }
  | { what: 'suspend' | 'withdraw' }
  | { what: 'discipline'; open: boolean }
  | { what: 'internship'; months: number }
  | { what: 'correction'; courseCode: string; component: string; value: number }
);

export function readActs(folder: string): Acts {
  const read = (name: string): Row[] => rowsOf(join(folder, name));
  return {
    schemes: schemesOf(read('schemes.xlsx')),
    matches: read('matches.xlsx').map((row) => ({
      kind: choiceOf(outcomeKinds, row.成果类型),
      outcomeName: textOf(row.成果名称),
      level: row.等级 ? choiceOf(levels, row.等级) : '',
      courseCode: textOf(row.课程代码),
      overlap: Number(row.匹配度) * 100,
      source: textOf(row.依据),
    })),
    credit: read('credit-applications.xlsx').map((row) => ({
      ...who(row),
      kind: choiceOf(outcomeKinds, row.成果类型),
      outcomeName: textOf(row.成果名称),
      courseCodes: textOf(row.申请课程).split('、'),
    })),
    applications: read('applications.xlsx').map((row) => ({
      ...who(row),
      occupationCode: textOf(row.职业编码),
      edition: textOf(row.标准版本),
      level: choiceOf(levels, row.等级),
      workMonthsAfterHeld: row.取证后从业月数 ? Number(row.取证后从业月数) : null,
    })),
    events: read('events.xlsx').map(eventOf),
  };
}

type Row = Partial<Record<string, string>>;

function rowsOf(file: string): Row[] {
  const book = xlsx.read(readFileSync(file), { type: 'buffer' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) return [];
  const rows = xlsx.utils.sheet_to_json<Record<string, unknown>>(sheet, { raw: true, defval: '' });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])));
}

const textOf = (value: string | undefined): string => value ?? '';
const who = (row: Row): { term: number; studentNo: string } => ({
  term: Number(row.学期),
  studentNo: textOf(row.学号),
});

function choiceOf(choices: readonly Choice[], written = ''): string {
  const found = choices.find(({ title, aliases }) => title['zh-CN'] === written || aliases?.includes(written));
  if (!found) throw new Error(`not among the choices: ${written}`);
  return found.value;
}

const componentKinds: Readonly<Record<string, ComponentKind>> = {
  过程考核: 'process',
  操作技能: 'practical',
  项目: 'project',
  期末: 'final',
};

function schemesOf(rows: readonly Row[]): SchemeAct[] {
  const schemes = new Map<string, SchemeAct>();
  for (const row of rows) {
    const courseCode = textOf(row.课程代码);
    const scheme = schemes.get(courseCode) ?? { courseCode, components: [] };
    schemes.set(courseCode, scheme);
    scheme.components.push({
      name: textOf(row.考核项目),
      kind: componentKinds[textOf(row.类型)] ?? 'process',
      weight: Number(row.权重) * 100,
      maxScore: Number(row.满分) * 10,
    });
  }
  return [...schemes.values()];
}

function eventOf(row: Row): EventAct {
  const common = { ...who(row), reason: textOf(row.原因) };
  const content = textOf(row.内容);
  switch (row.事项) {
    case '转班':
      return { ...common, what: 'transfer', className: content };
    case '休学':
      return { ...common, what: 'suspend' };
    case '退学':
      return { ...common, what: 'withdraw' };
    case '实习月数':
      return { ...common, what: 'internship', months: Number(content) };
    case '成绩更正':
      return {
        ...common,
        what: 'correction',
        courseCode: textOf(row.课程代码),
        component: textOf(row.考核项目),
        value: Math.round(Number(content) * 10),
      };
    case '处分未解除':
    case '无处分':
      return { ...common, what: 'discipline', open: row.事项 === '处分未解除' };
    default:
      throw new Error(`no such event: ${row.事项}`);
  }
}
