import {
  assessmentMarks, attempts, contestPrizes, contestTiers, courseKinds, genders, levels, outcomeKinds, outcomeLevels, requiredOrElective,
  schoolings, scoreMarks, yesOrNo,
} from './import-choices.ts';
import type { ImportDefinition, RowOf } from './import-columns.ts';
import type { Text } from './text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

const studentNo = {
  key: 'studentNo', title: t('学号', 'student number'), aliases: ['学生学号', '学籍号', 'student no'], required: true,
  type: 'text', max: 32, pattern: '^[0-9A-Za-z-]+$', example: '20230101001',
} as const;
const name = {
  key: 'name', title: t('姓名', 'name'), aliases: ['学生姓名', '考生姓名', '名字'], required: true, type: 'text', max: 60, example: '张三',
} as const;
const nameToCheck = { ...name, required: false, note: t('仅用于核对', 'only to check against the student number') } as const;
const programmeCode = {
  key: 'programmeCode', title: t('专业代码', 'programme code'), aliases: ['专业编码', '专业号', 'major code'], required: true,
  type: 'text', max: 8, pattern: '^\\d{6}K?$', example: '460301',
} as const;
const cohort = {
  key: 'cohort', title: t('年级', 'cohort'), aliases: ['入学年级', '届', 'grade'], required: true, type: 'integer', min: 1990, max: 2099, example: '2023',
} as const;
const courseCode = {
  key: 'courseCode', title: t('课程代码', 'course code'), aliases: ['课程编码', '课程号', '课程编号'], required: true, type: 'text', max: 32, example: 'JD101',
} as const;
const occupationCode = {
  key: 'occupationCode', title: t('职业编码', 'occupation code'), aliases: ['职业代码', '职业工种编码', '工种编码'], required: true,
  type: 'text', max: 16, pattern: '^\\d-\\d{2}-\\d{2}-\\d{2}(-\\d{3})?$', example: '6-31-01-03',
} as const;
const edition = {
  key: 'edition', title: t('标准版本', 'edition of the standard'), aliases: ['职业标准版本', '标准年版', '版本'], required: true, type: 'text', max: 16, example: '2018',
} as const;
const level = {
  key: 'level', title: t('等级', 'level'), aliases: ['技能等级', '职业等级', '申报等级', '鉴定等级'], required: true, type: 'choice', choices: levels, example: '四级',
} as const;
const termNo = {
  key: 'termNo', title: t('学期', 'term'), aliases: ['开课学期', '学期序号', '修读学期', 'term'], required: true, type: 'integer', min: 1, max: 16, example: '3',
  note: t('第几学期，1 至 16', 'which term of the plan, 1 to 16'),
} as const;

const students = {
  kind: 'students', title: t('学生', 'students'), unique: [['studentNo'], ['idNumber']],
  columns: [
    studentNo, name,
    { key: 'idNumber', title: t('身份证号', 'ID number'), aliases: ['身份证件号', '身份证号码', '公民身份号码', '证件号码', '身份证'], required: true, type: 'idNumber', example: '990000200802290018', note: t('文本格式，18 位', 'as text, 18 digits') },
    { key: 'gender', title: t('性别', 'gender'), required: false, type: 'choice', choices: genders, example: '男' },
    { key: 'className', title: t('班级', 'class'), aliases: ['班级名称', '行政班', '所在班级', '行政班级'], required: true, type: 'text', max: 60, example: '机电2301班' },
    programmeCode, cohort,
    { key: 'enrolledOn', title: t('入学日期', 'date of enrolment'), aliases: ['入学时间', '入校日期'], required: true, type: 'date', min: '1990-01-01', max: '2099-12-31', example: '2023-09-01' },
    { key: 'workMonths', title: t('相关工作月数', 'months of related work'), aliases: ['从业月数', '相关职业工作月数', '工作月数'], required: false, type: 'integer', min: 0, max: 720, example: '0' },
    { key: 'priorSchooling', title: t('入学前学历', 'schooling before enrolment'), aliases: ['入学前文化程度', '原学历', '生源类型'], required: false, type: 'choice', choices: schoolings, example: '中等职业学校' },
  ],
} as const satisfies ImportDefinition;

const plan = {
  kind: 'plan', title: t('专业人才培养方案课程', 'courses of a programme plan'), unique: [['programmeCode', 'cohort', 'courseCode']],
  columns: [
    programmeCode, cohort, courseCode,
    { key: 'courseName', title: t('课程名称', 'course name'), aliases: ['课程', '课程名'], required: true, type: 'text', max: 100, example: '电工技术基础' },
    { key: 'courseKind', title: t('课程类别', 'kind of course'), aliases: ['课程性质', '课程类型', '课程属性'], required: true, type: 'choice', choices: courseKinds, example: '专业核心课' },
    { ...termNo, title: t('开课学期', 'term'), aliases: ['学期', '学期序号', '修读学期'] },
    { key: 'credits', title: t('学分', 'credits'), aliases: ['课程学分'], required: true, type: 'decimal', scale: 1, min: 0, max: 500, example: '4.0' },
    { key: 'hours', title: t('学时', 'hours'), aliases: ['总学时', '课时', '学时数'], required: true, type: 'integer', min: 0, max: 2000, example: '64' },
    { key: 'practiceHours', title: t('实践学时', 'practice hours'), aliases: ['实训学时', '其中实践学时', '实践课时'], required: true, type: 'integer', min: 0, max: 2000, example: '32' },
    { key: 'required', title: t('修读性质', 'required or elective'), aliases: ['必修/选修', '修读要求', '必修选修', '修读类型', '选必修'], required: true, type: 'boolean', ...requiredOrElective, example: '必修' },
  ],
} as const satisfies ImportDefinition;

const mapping = {
  kind: 'mapping', title: t('课程与职业标准对应', 'courses against standard units'), unique: [['courseCode', 'occupationCode', 'edition', 'level', 'unitName']],
  columns: [
    courseCode, occupationCode, edition, level,
    { key: 'unitName', title: t('职业功能', 'unit of the standard'), aliases: ['职业功能名称', '标准单元', '对应职业功能'], required: true, type: 'text', max: 100, example: '继电控制电路装调维修' },
    { key: 'coverage', title: t('覆盖比例', 'coverage'), aliases: ['覆盖比例%', '覆盖比例（%）', '覆盖率', '覆盖度', '比例'], required: true, type: 'decimal', scale: 2, min: 1, max: 10000, percent: true, example: '40%', note: t('百分数，如 40 或 40%', 'per cent, as 40 or 40%') },
  ],
} as const satisfies ImportDefinition;

const scores = {
  kind: 'scores', title: t('课程成绩', 'course scores'), unique: [['termNo', 'courseCode', 'studentNo', 'component', 'attempt']], blankNames: ['component'],
  oneOf: [['score', 'mark']], markExcludes: { mark: 'mark', scores: ['score'] },
  wide: { component: 'component', value: 'score', mark: 'mark', totals: ['总评', '总成绩', '总评成绩', '综合成绩', '成绩', '课程成绩'] },
  columns: [
    termNo, courseCode, studentNo, nameToCheck,
    { key: 'component', title: t('考核项目', 'component'), aliases: ['成绩项目', '考核环节', '分项', '成绩分项'], required: false, type: 'text', max: 60, example: '期末', note: t('空白表示课程总评', 'blank means the course total') },
    { key: 'score', title: t('成绩', 'score'), aliases: ['分数', '得分', '总评', '总评成绩', '总成绩', '课程成绩'], required: false, type: 'decimal', scale: 1, min: 0, max: 1000, markInto: 'mark', example: '85.5', note: t('0 至 100，一位小数；未考请填标记，不要填 0', '0 to 100 with one decimal; use a mark, not 0, for a missed exam') },
    { key: 'mark', title: t('标记', 'mark'), aliases: ['成绩标记', '特殊标记', '备注标记', '考试状态'], required: false, type: 'choice', choices: scoreMarks, example: '' },
    { key: 'attempt', title: t('次别', 'attempt'), aliases: ['考试次别', '考试性质', '修读次数'], required: false, type: 'integer', min: 1, max: 9, fallback: 1, labels: attempts, example: '首次' },
  ],
} as const satisfies ImportDefinition;

const assessmentScore = (key: 'theory' | 'practical' | 'review', title: Text, aliases: readonly string[]) =>
  ({ key, title, aliases, required: false, type: 'decimal', scale: 1, min: 0, max: 1000, markInto: 'mark', example: '82.0' }) as const;

const results = {
  kind: 'results', title: t('等级考核成绩', 'level assessment results'), unique: [['studentNo', 'occupationCode', 'edition', 'level', 'assessedOn']],
  oneOf: [['theory', 'practical', 'review', 'mark']],
  columns: [
    studentNo, nameToCheck, occupationCode, edition, level,
    { ...assessmentScore('theory', t('理论成绩', 'theory score'), ['理论知识成绩', '理论', '理论考试成绩']), key: 'theory' },
    { ...assessmentScore('practical', t('实操成绩', 'practical score'), ['操作技能成绩', '技能成绩', '实操', '实操考核成绩']), key: 'practical' },
    { ...assessmentScore('review', t('综合评审成绩', 'review score'), ['综合评审', '评审成绩']), key: 'review' },
    { key: 'mark', title: t('标记', 'mark'), aliases: ['考核标记', '考试状态'], required: false, type: 'choice', choices: assessmentMarks, example: '' },
    { key: 'assessedOn', title: t('考核日期', 'date of assessment'), aliases: ['考试日期', '鉴定日期', '考核时间'], required: true, type: 'date', min: '1990-01-01', max: '2099-12-31', example: '2025-12-20' },
  ],
} as const satisfies ImportDefinition;

const outcomes = {
  kind: 'outcomes', title: t('校外学习成果', 'learning outcomes from outside'), unique: [['kind', 'issuer', 'number']],
  requiredWhen: [{ key: 'number', when: 'kind', in: ['skill_certificate', 'x_certificate', 'occupational_qualification'] }],
  dateOrder: [['issuedOn', 'expiresOn']],
  columns: [
    studentNo, nameToCheck,
    { key: 'kind', title: t('成果类型', 'kind of outcome'), aliases: ['成果类别', '类型'], required: true, type: 'choice', choices: outcomeKinds, example: '职业技能等级证书' },
    { key: 'outcomeName', title: t('成果名称', 'name of the outcome'), aliases: ['证书名称', '竞赛名称', '名称'], required: true, type: 'text', max: 120, example: '电工' },
    { ...level, aliases: ['证书等级', '技能等级'], required: false, choices: outcomeLevels },
    { key: 'contestTier', title: t('竞赛级别', 'tier of the contest'), aliases: ['赛事级别'], required: false, type: 'choice', choices: contestTiers, example: '省级' },
    { key: 'contestPrize', title: t('获奖等次', 'prize'), aliases: ['获奖等级', '奖项'], required: false, type: 'choice', choices: contestPrizes, example: '二等奖' },
    { key: 'number', title: t('证书编号', 'certificate number'), aliases: ['证书号', '编号', '证书号码'], required: false, type: 'text', max: 64, example: 'S000023000001254000017', note: t('证书类成果必填', 'required for certificates') },
    { key: 'issuer', title: t('发证机构', 'issuer'), aliases: ['颁发机构', '发证单位', '颁证单位', '评价机构', '主办单位'], required: true, type: 'text', max: 120, example: '某职业技能评价中心' },
    { key: 'issuedOn', title: t('取得日期', 'date of issue'), aliases: ['发证日期', '取得时间', '获奖日期', '颁发日期'], required: true, type: 'date', min: '1980-01-01', max: '2099-12-31', example: '2024-06-30' },
    { key: 'expiresOn', title: t('有效期至', 'valid until'), aliases: ['有效期', '失效日期', '有效期限'], required: false, type: 'date', min: '1980-01-01', max: '2099-12-31', example: '' },
    { key: 'verified', title: t('已核验', 'verified'), aliases: ['是否核验', '核验', '核验状态'], required: false, type: 'boolean', ...yesOrNo, example: '是', note: t('已在发证机构网站核验填“是”；空白表示尚未核验', 'yes once checked at the issuer; blank means not yet known') },
    { key: 'credits', title: t('原学分', 'credits'), aliases: ['原课程学分'], required: false, type: 'decimal', scale: 1, min: 0, max: 500, example: '' },
    { key: 'score', title: t('原成绩', 'score'), aliases: ['原课程成绩'], required: false, type: 'decimal', scale: 1, min: 0, max: 1000, example: '' },
    { ...occupationCode, required: false },
  ],
} as const satisfies ImportDefinition;

/** Every kind of import. Templates, readers and fault lists follow from these; nothing else knows a header. */
export const importDefinitions = { students, plan, mapping, scores, results, outcomes } as const;
export type ImportKind = keyof typeof importDefinitions;
export const importKinds = ['students', 'plan', 'mapping', 'scores', 'results', 'outcomes'] as const satisfies readonly ImportKind[];

/** The values of one accepted row of a kind. */
export type ImportRow<K extends ImportKind> = RowOf<(typeof importDefinitions)[K]>;

/** The definition as plain data, for code that works alike for every kind. */
export const importDefinition = (kind: ImportKind): ImportDefinition => importDefinitions[kind];

export const isImportKind = (kind: string): kind is ImportKind => Object.hasOwn(importDefinitions, kind);
