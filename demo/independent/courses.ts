import type { Row } from './files.ts';
import { rowsOf } from './files.ts';
import { lines } from './premises.ts';

export interface PlanCourse {
  code: string;
  kind: string;
  term: number;
  credits: number;
  required: boolean;
}

/** Hundredths of a point; or why there is no number. */
export type Result = number | 'waived' | 'missing';

/** Attempts by student and course: `no/code` → attempt → result. */
export type Transcript = ReadonlyMap<string, ReadonlyMap<number, Result>>;

export function readPlan(folder: string): PlanCourse[] {
  return rowsOf(folder, 'plan.xlsx').map((row) => ({
    code: row.课程代码 ?? '',
    kind: row.课程类别 ?? '',
    term: Number(row.开课学期),
    credits: Number(row.学分),
    required: row.修读性质 === '必修',
  }));
}

const SCORE_FILES = [
  'scores-term-1.xls',
  'scores-term-2.csv',
  'sheets-term-3.xlsx',
  'resits-term-3.xlsx',
  'sheets-term-4.xlsx',
  'resits-term-4.xlsx',
  'sheets-term-5.xlsx',
  'resits-term-5.xlsx',
  'sheets-term-6.xlsx',
];

export function readTranscript(folder: string): Transcript {
  const weights = new Map(
    rowsOf(folder, 'schemes.xlsx').map((row) => [`${row.课程代码}/${row.考核项目}`, Number(row.权重)]),
  );
  const corrections = new Map(
    rowsOf(folder, 'events.xlsx')
      .filter((row) => row.事项 === '成绩更正')
      .map((row) => [`${row.学号}/${row.课程代码}/${row.考核项目}`, row.内容]),
  );
  const parts = new Map<string, { weight: number; row: Row }[]>();
  for (const row of SCORE_FILES.flatMap((name) => rowsOf(folder, name))) {
    const attempt = row.次别 === '补考' ? 2 : 1;
    const key = `${row.学号}/${row.课程代码}/${attempt}`;
    const weight = row.考核项目 === undefined ? 100 : (weights.get(`${row.课程代码}/${row.考核项目}`) ?? 0);
    const corrected = attempt === 1 ? corrections.get(`${row.学号}/${row.课程代码}/${row.考核项目}`) : undefined;
    parts.set(key, [
      ...(parts.get(key) ?? []),
      { weight, row: corrected === undefined ? row : { ...row, 成绩: corrected } },
    ]);
  }
  const transcript = new Map<string, Map<number, Result>>();
  for (const [key, components] of parts) {
    const [no, code, attempt] = key.split('/');
    const attempts = transcript.get(`${no}/${code}`) ?? new Map<number, Result>();
    transcript.set(`${no}/${code}`, attempts.set(Number(attempt), resultOf(components)));
  }
  return transcript;
}

const ZERO = ['缺考', '舞弊', '取消资格'];

/** 各考核项目按权重合计，保留两位小数；缺考、舞弊、取消资格按零分计；免修不计分；缓考、未录入则总评未定。 */
function resultOf(components: readonly { weight: number; row: Row }[]): Result {
  if (components.reduce((sum, { weight }) => sum + weight, 0) !== 100) return 'missing';
  const marks = components.map(({ row }) => row.标记);
  if (marks.some((mark) => mark !== undefined && ZERO.includes(mark))) return 0;
  if (marks.includes('免修')) return 'waived';
  if (components.some(({ row }) => row.成绩 === undefined)) return 'missing';
  // tenths × per cent = thousandths of a point; ten of them are a hundredth
  const thousandths = components.reduce((sum, { weight, row }) => sum + Math.round(Number(row.成绩) * 10) * weight, 0);
  return Math.floor((thousandths + 5) / 10);
}

export const isPass = (result: Result): boolean =>
  result === 'waived' || (typeof result === 'number' && result >= lines.pass * 100);

/** The best of several attempts; a waiver stands above all numbers. */
export function bestOf(attempts: ReadonlyMap<number, Result> | undefined): Result {
  const results = [...(attempts?.values() ?? [])];
  if (results.includes('waived')) return 'waived';
  const numbers = results.filter((result) => typeof result === 'number');
  return numbers.length === 0 ? 'missing' : Math.max(...numbers);
}

/** 一门课程的状态：通过、不合格，或者还等着成绩。 */
export function standingOf(attempts: ReadonlyMap<number, Result> | undefined): 'passed' | 'failed' | 'waiting' {
  const results = [...(attempts?.values() ?? [])];
  if (results.some(isPass)) return 'passed';
  return results.length > 0 && !results.includes('missing') ? 'failed' : 'waiting';
}
