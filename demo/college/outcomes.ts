import { occupation } from './plan.ts';
import type { Student } from './students.ts';
import type { DemoOutcome } from './troubles.ts';

export interface OutcomeLine extends DemoOutcome {
  student: Student;
  number: string;
  issuer: string;
}

export const ISSUERS: Readonly<Record<DemoOutcome['kind'], string>> = {
  职业技能等级证书: '示例职业技能评价中心',
  '1+X证书': '示例培训评价组织',
  竞赛获奖: '示例竞赛组织委员会',
  先修课程: '示例开放学院',
  职业资格证书: '示例人事考试中心',
};

/** Ordinary outcomes that change no verdict; one student in about two and a half has one. */
const ordinary: readonly DemoOutcome[] = [
  { kind: '1+X证书', name: '智能线运行与维护', level: '初级', issuedOn: '2024-06-28', verified: '是' },
  { kind: '竞赛获奖', name: '校级电工技能竞赛', tier: '校级', prize: '三等奖', issuedOn: '2024-05-10', verified: '是' },
  {
    kind: '职业技能等级证书',
    name: '电工',
    level: '五级',
    occupationCode: occupation.code,
    issuedOn: '2024-01-12',
    verified: '是',
  },
  { kind: '先修课程', name: '计算机应用基础', issuedOn: '2023-06-30', verified: '是', credits: 4, score: 81 },
  { kind: '1+X证书', name: '工业机器人操作与运维', level: '初级', issuedOn: '2024-07-10', verified: '' },
  {
    kind: '竞赛获奖',
    name: '市职业院校技能大赛',
    tier: '市级',
    prize: '二等奖',
    issuedOn: '2024-04-20',
    verified: '是',
  },
  {
    kind: '职业技能等级证书',
    name: '车工',
    level: '五级',
    occupationCode: '6-18-01-01',
    issuedOn: '2023-12-15',
    verified: '是',
  },
];

const HAS_ONE = 40;

export function outcomesOf(students: readonly Student[]): OutcomeLine[] {
  return students.flatMap((student, index) => {
    const random = student.random('outcome');
    const drawn = ordinary[random.between(0, ordinary.length - 1)];
    const own = student.trouble ? (student.trouble.outcomes ?? []) : drawn && random.chance(HAS_ONE) ? [drawn] : [];
    return own.map((outcome, place) => ({
      ...outcome,
      student,
      issuer: ISSUERS[outcome.kind],
      number: numberOf(outcome, index * 10 + place + 1),
    }));
  });
}

const NO_PROVINCE = '99';
const LEVEL_DIGITS: Readonly<Record<string, number>> = { 五级: 5, 四级: 4, 三级: 3 };

/** Certificates carry numbers; awards and courses may have none. No province has the code 99. */
function numberOf({ kind, level }: DemoOutcome, serial: number): string {
  if (kind === '职业技能等级证书')
    return `S0000${NO_PROVINCE}99999924${LEVEL_DIGITS[level ?? ''] ?? 5}${String(serial % 1_000_000).padStart(6, '0')}`;
  return kind === '1+X证书' || kind === '职业资格证书' ? `示例${String(serial).padStart(8, '0')}` : '';
}

/** How far an outcome's content covers a course, in per cent, as the programme leader has judged it. */
export const matches: readonly [
  kind: DemoOutcome['kind'],
  name: string,
  level: string,
  course: string,
  overlap: number,
][] = [
  ['1+X证书', '智能线运行与维护', '', 'JD105', 85],
  ['1+X证书', '工业机器人操作与运维', '', 'JD402', 85],
  ['1+X证书', '工业机器人操作与运维', '', 'JD502', 90],
  ['1+X证书', '工业机器人操作与运维', '', 'JD302', 82],
  ['1+X证书', '工业机器人操作与运维', '', 'JD303', 80],
  ['竞赛获奖', '省职业院校技能大赛机电一体化项目', '', 'JD402', 85],
  ['先修课程', '高等数学（专升本预科）', '', 'JD103', 85],
  ['职业技能等级证书', '电工', '四级', 'JD404', 90],
];
