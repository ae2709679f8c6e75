import { bestOf } from './courses.ts';
import type { Transcript } from './courses.ts';
import type { Row } from './files.ts';
import { rowsOf } from './files.ts';
import { lines, occupations, termStarts, unitWeights } from './premises.ts';
import type { Conclusion } from './verdict.ts';
import { denied, granted, undetermined } from './verdict.ts';

export type Level = '四级' | '三级';

export interface SkillFiles {
  mapping: readonly Row[];
  outcomes: readonly Row[];
  applications: readonly Row[];
  results: readonly Row[];
  transcript: Transcript;
}

export function readSkillFiles(folder: string, transcript: Transcript): SkillFiles {
  const results = [...rowsOf(folder, 'results-four.xlsx'), ...rowsOf(folder, 'results-three.xls')];
  return {
    mapping: rowsOf(folder, 'mapping.csv'),
    outcomes: rowsOf(folder, 'outcomes.xlsx'),
    applications: rowsOf(folder, 'applications.xlsx'),
    results,
    transcript,
  };
}

/** 资格、理论、操作技能、过程考核，缺一不可。`fourGranted`: the student got 四级 here, and so holds it when asking for 三级. */
export function skillConclusion(
  files: SkillFiles,
  { no, level, fourGranted }: { no: string; level: Level; fourGranted: boolean },
): Conclusion {
  const application = files.applications.find((row) => row.学号 === no && row.等级 === level);
  if (!application) return undetermined('not_applied');
  const eligible = level === '四级' ? 'yes' : eligibleForThree(files, { no, application, fourGranted });
  if (eligible === 'no') return denied('not_eligible');
  if (eligible === 'unknown') return undetermined('eligibility');
  const result = files.results.find((row) => row.学号 === no && row.等级 === level);
  return concludeResult(result, processScore(files, no, level));
}

function concludeResult(result: Row | undefined, process: number | null): Conclusion {
  const [theory, practical] = [numberOf(result?.理论成绩), numberOf(result?.实操成绩)];
  const reasons: string[] = [];
  if (result?.标记 === '舞弊' || result?.标记 === '取消资格') reasons.push('disqualified');
  if (result?.标记 === '缺考') reasons.push('absent');
  if (theory !== null && theory < lines.pass) reasons.push('theory');
  if (practical !== null && practical < lines.pass) reasons.push('practical');
  if (process !== null && process < lines.pass * 100) reasons.push('process');
  if (reasons.length > 0) return denied(...reasons);
  const missing = [
    ...(theory === null ? ['theory'] : []),
    ...(practical === null ? ['practical'] : []),
    ...(process === null ? ['process'] : []),
  ];
  return missing.length > 0 ? undetermined(...missing) : granted;
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

const AT_LEAST_FOUR = ['四级', '三级', '二级', '一级'];

/** 2018年版：取得四级证书，并为经评估论证、以高级技能为培养目标的高等职业学校本专业应届毕业生。从业满二年者须由人核对，未申报从业月数即未定。 */
function eligibleForThree(
  { outcomes }: SkillFiles,
  { no, application, fourGranted }: { no: string; application: Row; fourGranted: boolean },
): 'yes' | 'no' | 'unknown' {
  const on = termStarts[Number(application.学期)] ?? '';
  const held = outcomes.filter(
    (row) =>
      row.学号 === no &&
      row.成果类型 === '职业技能等级证书' &&
      [...occupations.same, ...occupations.related].includes(row.职业编码 ?? '') &&
      AT_LEAST_FOUR.includes(row.等级 ?? '') &&
      (row.取得日期 ?? '') <= on &&
      row.已核验 !== '否',
  );
  const holds = fourGranted || held.some((row) => row.已核验 === '是');
  if (!holds) return held.length > 0 ? 'unknown' : 'no';
  return application.取证后从业月数 === undefined ? 'unknown' : 'yes';
}

/** 过程考核：职业功能内按覆盖比例加权，再按标准权重加权；免修课程和没有课程覆盖的职业功能不计，其余按比例放大；两位小数。 */
function processScore({ mapping, transcript }: SkillFiles, no: string, level: Level): number | null {
  let [sum, over, weights] = [0n, 1n, 0n];
  for (const [unit, weight] of Object.entries(unitWeights[level])) {
    let [points, coverage] = [0n, 0n];
    for (const row of mapping.filter((one) => one.等级 === level && one.职业功能 === unit)) {
      const best = bestOf(transcript.get(`${no}/${row.课程代码}`));
      if (best === 'missing') return null;
      if (best === 'waived') continue;
      const share = BigInt((row.覆盖比例 ?? '0').replace('%', ''));
      points += share * BigInt(best);
      coverage += share;
    }
    if (coverage === 0n) continue;
    sum = sum * coverage + BigInt(weight) * points * over;
    over *= coverage;
    weights += BigInt(weight);
  }
  if (weights === 0n) return null;
  const [numerator, denominator] = [sum, over * weights];
  return Number((numerator * 2n + denominator) / (denominator * 2n));
}
