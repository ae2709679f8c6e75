import { standingOf } from './courses.ts';
import type { PlanCourse, Transcript } from './courses.ts';
import type { Row } from './files.ts';
import { rowsOf } from './files.ts';
import { lines, occupations, termStarts } from './premises.ts';

interface Known {
  plan: readonly PlanCourse[];
  transcript: Transcript;
}

/** Courses for which an outcome was recognised, by student: 学分认定与转换. Also which requests came to nothing, and why. */
export interface Conversions {
  converted: ReadonlyMap<string, ReadonlySet<string>>;
  refused: readonly { studentNo: string; courses: string; reason: string }[];
}

export function readConversions(folder: string, known: Known): Conversions {
  const outcomes = rowsOf(folder, 'outcomes.xlsx');
  const matches = rowsOf(folder, 'matches.xlsx');
  const total = known.plan.reduce((sum, { credits }) => sum + credits, 0);
  const converted = new Map<string, Set<string>>();
  const refused: { studentNo: string; courses: string; reason: string }[] = [];
  const spent = new Set<string>();
  const creditsOf = new Map<string, number>();
  for (const request of rowsOf(folder, 'credit-applications.xlsx')) {
    const no = request.学号 ?? '';
    const courses = (request.申请课程 ?? '').split('、');
    const refuse = (reason: string): void => void refused.push({ studentNo: no, courses: courses.join('、'), reason });
    const outcome = outcomes.find(
      (row) => row.学号 === no && row.成果类型 === request.成果类型 && row.成果名称 === request.成果名称,
    );
    const name = `${no}/${request.成果类型}/${request.成果名称}`;
    const wanted = known.plan.filter(({ code }) => courses.includes(code));
    if (!outcome) refuse('没有此成果');
    else if (spent.has(name)) refuse('成果已使用');
    else {
      const allowed = wanted.filter((course) => refusalOf({ outcome, course, request, matches, ...known }) === null);
      const credits = allowed.reduce((sum, course) => sum + course.credits, 0);
      const before = creditsOf.get(no) ?? 0;
      const most = Math.min(lines.perOutcome, ...allowed.map((course) => worthOf(outcome, course)));
      if (credits > most || before + credits > total * lines.convertedShare) refuse('超过上限');
      else if (allowed.length === 0)
        refuse(refusalOf({ outcome, course: wanted[0]!, request, matches, ...known }) ?? '');
      else {
        spent.add(name);
        creditsOf.set(no, before + credits);
        converted.set(no, new Set([...(converted.get(no) ?? []), ...allowed.map(({ code }) => code)]));
      }
    }
  }
  return { converted, refused };
}

interface Asked extends Known {
  outcome: Row;
  course: PlanCourse;
  request: Row;
  matches: readonly Row[];
}

const NEVER = ['思想政治课', '体育课', '实践课', '岗位实习'];

/** 不予转换的理由；没有理由则准予。 */
function refusalOf({ outcome, course, request, matches, transcript }: Asked): string | null {
  const match = matches.find(
    (row) =>
      row.成果类型 === outcome.成果类型 &&
      row.成果名称 === outcome.成果名称 &&
      row.课程代码 === course.code &&
      (row.等级 === undefined || row.等级 === outcome.等级),
  );
  if (NEVER.includes(course.kind)) return '课程类别不可转换';
  if (course.term < Number(request.学期) && standingOf(transcript.get(`${request.学号}/${course.code}`)) === 'passed')
    return '课程已通过';
  if (worthOf(outcome, course) < course.credits) return '课程学分高于成果学分';
  if (outcome.已核验 !== '是') return '成果未核验';
  if (outcome.有效期至 !== undefined && outcome.有效期至 < (termStarts[Number(request.学期)] ?? ''))
    return '成果已过有效期';
  return Number(match?.匹配度 ?? 0) < lines.overlap ? '内容匹配度不足' : null;
}

/** 一项成果对某门课程最多可转换的学分。 */
function worthOf(outcome: Row, course: PlanCourse): number {
  switch (outcome.成果类型) {
    case '1+X证书': {
      const base = course.kind === '专业基础课';
      const core = course.kind === '专业核心课';
      const fits = { 初级: base, 中级: core, 高级: base || core }[outcome.等级 ?? ''] ?? false;
      return fits ? 8 : 0;
    }
    case '竞赛获奖':
      return { 国家级: 4, 省级: 2 }[outcome.竞赛级别 ?? ''] ?? 0;
    case '先修课程':
      return Number(outcome.原成绩) >= lines.pass ? Number(outcome.原学分) : 0;
    case '职业技能等级证书': {
      const code = outcome.职业编码 ?? '';
      if (!occupations.same.includes(code)) return occupations.related.includes(code) ? 2 : 0;
      return { 五级: 2, 四级: 4 }[outcome.等级 ?? ''] ?? 5;
    }
    default:
      return 0;
  }
}
