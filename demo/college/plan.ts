/** The example plan: 24 courses over six terms, with their mapping to 电工 (2018) and their assessment schemes. */
export type CourseKind =
  | '公共基础课'
  | '思想政治课'
  | '体育课'
  | '专业基础课'
  | '专业核心课'
  | '专业拓展课'
  | '公共选修课'
  | '实践课'
  | '岗位实习';

export interface Course {
  code: string;
  name: string;
  kind: CourseKind;
  term: number;
  credits: number;
  hours: number;
  practiceHours: number;
  required: boolean;
}

type Row = [
  code: string,
  name: string,
  kind: CourseKind,
  term: number,
  credits: number,
  hours: number,
  practice: number,
];

const rows: readonly Row[] = [
  ['JD101', '思想道德与法治', '思想政治课', 1, 4, 64, 12],
  ['JD102', '体育与健康', '体育课', 1, 6, 108, 96],
  ['JD103', '高等数学', '公共基础课', 1, 6, 96, 24],
  ['JD104', '机械制图与CAD', '专业基础课', 1, 6, 96, 56],
  ['JD105', '电工技术基础', '专业基础课', 1, 6, 96, 56],
  ['JD201', '思想政治理论', '思想政治课', 2, 4, 64, 12],
  ['JD202', '职业英语', '公共基础课', 2, 10, 160, 64],
  ['JD203', '信息技术', '公共基础课', 2, 7, 112, 72],
  ['JD204', '电子技术基础', '专业基础课', 2, 5, 80, 48],
  ['JD205', '电工基本技能实训', '实践课', 2, 5, 90, 90],
  ['JD301', '机械设计基础', '专业基础课', 3, 5, 80, 32],
  ['JD302', '电机与电气控制', '专业核心课', 3, 6, 96, 56],
  ['JD303', '液压与气动技术', '专业核心课', 3, 5, 80, 44],
  ['JD304', '劳动教育与创新创业', '公共基础课', 3, 5, 80, 48],
  ['JD305', '艺术与人文素养', '公共选修课', 3, 4, 64, 24],
  ['JD401', 'PLC应用技术', '专业核心课', 4, 6, 96, 56],
  ['JD402', '传感器与检测技术', '专业核心课', 4, 5, 80, 44],
  ['JD403', '电气控制综合实训', '实践课', 4, 8, 144, 144],
  ['JD404', '电气安全技术', '专业拓展课', 4, 4, 64, 32],
  ['JD501', '变频与伺服驱动技术', '专业核心课', 5, 6, 96, 60],
  ['JD502', '工业机器人应用', '专业核心课', 5, 5, 80, 52],
  ['JD503', '自动化生产线安装与调试', '专业核心课', 5, 6, 108, 84],
  ['JD504', '智能制造系统综合应用', '专业拓展课', 5, 10, 160, 80],
  ['JD601', '岗位实习', '岗位实习', 6, 30, 540, 540],
];

const electives: readonly CourseKind[] = ['公共选修课', '专业拓展课'];

export const courses: readonly Course[] = rows.map(([code, name, kind, term, credits, hours, practiceHours]) => ({
  code,
  name,
  kind,
  term,
  credits,
  hours,
  practiceHours,
  required: !electives.includes(kind),
}));

export const programme = { code: '460301', cohort: 2023, enrolledOn: '2023-09-01' };
/** Credits of electives a student needs: all that the plan offers. */
export const electiveCredits = courses
  .filter(({ required }) => !required)
  .reduce((sum, { credits }) => sum + credits, 0);

export const occupation = { code: '6-31-01-03', edition: '2018', name: '电工' };
export type Level = '四级' | '三级';

/** Share of a standard unit (职业功能) that a course covers, in per cent. 应用电子电路调试维修 is left uncovered: a gap of this plan. */
export const mapping: readonly [course: string, level: Level, unit: string, coverage: number][] = [
  ['JD204', '四级', '基本电子电路装调维修', 80],
  ['JD205', '四级', '继电控制电路装调维修', 30],
  ['JD302', '四级', '继电控制电路装调维修', 60],
  ['JD302', '四级', '电气设备装调维修', 40],
  ['JD403', '四级', '电气设备装调维修', 50],
  ['JD401', '四级', '自动控制电路装调维修', 70],
  ['JD402', '四级', '自动控制电路装调维修', 25],
  ['JD302', '三级', '继电控制电路装调维修', 50],
  ['JD403', '三级', '继电控制电路装调维修', 45],
  ['JD403', '三级', '电气设备装调维修', 60],
  ['JD401', '三级', '自动控制电路装调维修', 55],
  ['JD503', '三级', '自动控制电路装调维修', 40],
  ['JD501', '三级', '交直流传动系统装调维修', 90],
];

export interface Component {
  name: string;
  kind: '过程考核' | '操作技能' | '项目' | '期末';
  /** Per cent. */
  weight: number;
}

const theory: readonly Component[] = [
  { name: '平时成绩', kind: '过程考核', weight: 30 },
  { name: '技能操作', kind: '操作技能', weight: 30 },
  { name: '期末考试', kind: '期末', weight: 40 },
];
const training: readonly Component[] = [
  { name: '过程表现', kind: '过程考核', weight: 40 },
  { name: '综合任务', kind: '项目', weight: 60 },
];
const internship: readonly Component[] = [
  { name: '企业鉴定', kind: '过程考核', weight: 50 },
  { name: '实习日志', kind: '过程考核', weight: 20 },
  { name: '实习答辩', kind: '期末', weight: 30 },
];

/** Components of a course that is taught here; archived terms have totals only. */
export function componentsOf({ kind }: Course): readonly Component[] {
  if (kind === '实践课') return training;
  return kind === '岗位实习' ? internship : theory;
}

export const ARCHIVED_TERMS = 2;
export const TERMS = 6;
