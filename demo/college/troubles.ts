/** 缓考 and 免修 mean no number; 缺考 and 舞弊 mean zero; 无记录 is a row that was never sent. */
export type Grade = number | '缓考' | '免修' | '缺考' | '舞弊' | '无记录';

export interface LevelResult {
  theory?: number;
  practical?: number;
  mark?: '缺考' | '舞弊' | '取消资格';
}

export interface DemoOutcome {
  kind: '职业技能等级证书' | '1+X证书' | '竞赛获奖' | '先修课程' | '职业资格证书';
  name: string;
  level?: string;
  tier?: string;
  prize?: string;
  issuedOn: string;
  expiresOn?: string;
  verified: '是' | '否' | '';
  occupationCode?: string;
  credits?: number;
  score?: number;
}

/** Which outcome a student asks to have counted for which courses, at the beginning of a term. */
export interface CreditRequest {
  term: number;
  outcome: number;
  courses: readonly string[];
}

export interface StudentEvent {
  term: number;
  what: '转班' | '休学' | '退学' | '处分未解除' | '无处分' | '实习月数' | '成绩更正';
  content: string;
  course?: string;
  component?: string;
  reason: string;
}

type Conclusion = 'granted' | 'denied' | 'undetermined';

export interface Expected {
  diploma: Conclusion;
  four: Conclusion;
  three: Conclusion;
}

/** One student's misfortune, or luck. What is not said is as for everybody: passes, applies, passes. */
export interface Trouble {
  classNo: number;
  seat: number;
  what: string;
  name?: string;
  /** Result of the first attempt by course code. */
  first?: Readonly<Record<string, Grade>>;
  resit?: Readonly<Record<string, Grade>>;
  /** Null: does not apply. */
  four?: LevelResult | null;
  three?: LevelResult | null;
  /** Months of work after the certificate held, as declared when applying for 三级; null: left blank. */
  declaredMonths?: number | null;
  outcomes?: readonly DemoOutcome[];
  credit?: readonly CreditRequest[];
  events?: readonly StudentEvent[];
  /** Null: the internship was never recorded. */
  internshipMonths?: number | null;
  /** In the first workbook without ID number; comes later in a CSV. */
  late?: true;
  expected: Expected;
}

const all = (diploma: Conclusion, four: Conclusion, three: Conclusion): Expected => ({ diploma, four, three });
const skill = (level: string, verified: '是' | '否' | '', expiresOn?: string): DemoOutcome => ({
  kind: '职业技能等级证书',
  name: '电工',
  level,
  occupationCode: '6-31-01-03',
  issuedOn: '2024-06-20',
  verified,
  ...(expiresOn === undefined ? {} : { expiresOn }),
});
const xCertificate = (name: string, level: string, dates: { issuedOn: string; expiresOn?: string }): DemoOutcome => ({
  kind: '1+X证书',
  name,
  level,
  verified: '是',
  ...dates,
});

export const troubles: readonly Trouble[] = [
  {
    classNo: 1,
    seat: 3,
    what: '第三学期电机与电气控制不及格，补考通过',
    first: { JD302: 52 },
    resit: { JD302: 66 },
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 7,
    what: '液压与气动技术不及格，补考缺考',
    first: { JD303: 45 },
    resit: { JD303: '缺考' },
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 11,
    what: '第二学期职业英语没有成绩记录',
    first: { JD202: '无记录' },
    expected: all('undetermined', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 15,
    what: 'PLC应用技术缓考，一直未补',
    first: { JD401: '缓考' },
    resit: { JD401: '缓考' },
    three: null,
    expected: all('undetermined', 'undetermined', 'undetermined'),
  },
  {
    classNo: 1,
    seat: 19,
    what: '电工技术基础不及格，拟用1+X证书转换，但证书已过期',
    first: { JD105: 48 },
    resit: { JD105: 50 },
    outcomes: [xCertificate('智能线运行与维护', '初级', { issuedOn: '2023-06-30', expiresOn: '2024-06-30' })],
    credit: [{ term: 3, outcome: 0, courses: ['JD105'] }],
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 23,
    what: '同一1+X证书用两次：先转换传感器课程，再申请工业机器人课程被拒；后者未通过',
    first: { JD402: '免修', JD502: 41 },
    resit: { JD502: 47 },
    outcomes: [xCertificate('工业机器人操作与运维', '中级', { issuedOn: '2024-07-10' })],
    credit: [
      { term: 3, outcome: 0, courses: ['JD402'] },
      { term: 5, outcome: 0, courses: ['JD502'] },
    ],
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 27,
    what: '一份证书申请两门共11学分，超过每证8学分上限，整份申请不予受理；课程照常修读',
    outcomes: [xCertificate('工业机器人操作与运维', '高级', { issuedOn: '2024-07-10' })],
    credit: [{ term: 3, outcome: 0, courses: ['JD302', 'JD303'] }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 31,
    what: '体育免修',
    first: { JD102: '免修' },
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 35,
    what: '机械设计基础期末成绩录错，提交后更正，由不及格变为及格',
    first: { JD301: 55 },
    events: [
      {
        term: 3,
        what: '成绩更正',
        content: '80.0',
        course: 'JD301',
        component: '期末考试',
        reason: '试卷复核，总分漏加',
      },
    ],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 39,
    what: '选修课艺术与人文素养不及格，补考仍不及格：学分不足而非必修课不合格',
    first: { JD305: 40 },
    resit: { JD305: 52 },
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 1,
    seat: 43,
    what: '电机与电气控制、电气控制综合实训均不及格且补考未过：过程考核低于60',
    first: { JD204: 61, JD205: 20, JD302: 30, JD401: 61, JD402: 61, JD403: 25 },
    resit: { JD205: 35, JD302: 40, JD403: 38 },
    three: null,
    expected: all('denied', 'denied', 'undetermined'),
  },
  {
    classNo: 1,
    seat: 47,
    what: '第四学期由机电2301班转入机电2302班',
    events: [{ term: 4, what: '转班', content: '机电2302班', reason: '学生申请转班' }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 9,
    what: '姓名含生僻字（扩展A区）',
    name: '李䶮',
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 11,
    what: '姓名含生僻字（扩展E区）',
    name: '王𬱖',
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 13,
    what: '第四学期起休学',
    first: {
      JD401: '缓考',
      JD402: '缓考',
      JD403: '缓考',
      JD404: '缓考',
      JD501: '缓考',
      JD502: '缓考',
      JD503: '缓考',
      JD504: '缓考',
      JD601: '缓考',
    },
    resit: {
      JD401: '缓考',
      JD402: '缓考',
      JD403: '缓考',
      JD404: '缓考',
      JD501: '缓考',
      JD502: '缓考',
      JD503: '缓考',
      JD504: '缓考',
    },
    four: null,
    three: null,
    internshipMonths: null,
    events: [{ term: 4, what: '休学', content: '', reason: '因病休学' }],
    expected: all('denied', 'undetermined', 'undetermined'),
  },
  {
    classNo: 2,
    seat: 17,
    what: '第五学期退学',
    first: { JD501: '缓考', JD502: '缓考', JD503: '缓考', JD504: '缓考', JD601: '缓考' },
    resit: { JD501: '缓考', JD502: '缓考', JD503: '缓考', JD504: '缓考' },
    four: null,
    three: null,
    internshipMonths: null,
    events: [{ term: 5, what: '退学', content: '', reason: '本人申请' }],
    expected: all('denied', 'undetermined', 'undetermined'),
  },
  {
    classNo: 2,
    seat: 21,
    what: '首份名单中没有身份证号，后以CSV补交',
    late: true,
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 25,
    what: '毕业前处分尚未解除',
    events: [{ term: 6, what: '处分未解除', content: '', reason: '记过处分未满期限' }],
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 29,
    what: '岗位实习只有5个月',
    internshipMonths: 5,
    expected: all('denied', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 33,
    what: '岗位实习月数没有登记',
    internshipMonths: null,
    expected: all('undetermined', 'granted', 'granted'),
  },
  {
    classNo: 2,
    seat: 37,
    what: '申报三级时未填取证后从业月数',
    declaredMonths: null,
    three: {},
    expected: all('granted', 'granted', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 2,
    what: '四级理论59.5分',
    four: { theory: 59.5, practical: 78 },
    three: null,
    expected: all('granted', 'denied', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 6,
    what: '四级操作技能成绩未报送',
    four: { theory: 71 },
    three: null,
    expected: all('granted', 'undetermined', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 10,
    what: '四级考核舞弊',
    four: { mark: '舞弊' },
    three: null,
    expected: all('granted', 'denied', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 12,
    what: '四级考核缺考',
    four: { mark: '缺考' },
    three: null,
    expected: all('granted', 'denied', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 14,
    what: '本校四级未通过，但持有已核验的校外电工四级证书，可申报三级',
    four: { theory: 54, practical: 66 },
    outcomes: [skill('四级', '是')],
    expected: all('granted', 'denied', 'granted'),
  },
  {
    classNo: 3,
    seat: 18,
    what: '本校四级未通过，校外四级证书尚未核验：三级申报资格待定',
    four: { theory: 52, practical: 70 },
    outcomes: [skill('四级', '')],
    three: {},
    expected: all('granted', 'denied', 'undetermined'),
  },
  {
    classNo: 3,
    seat: 22,
    what: '本校四级未通过，校外四级证书经核验不实：不得申报三级',
    four: { theory: 57, practical: 61 },
    outcomes: [skill('四级', '否')],
    three: {},
    expected: all('granted', 'denied', 'denied'),
  },
  {
    classNo: 3,
    seat: 24,
    what: '本校四级未通过，没有其他证书，仍申报三级：资格不符',
    four: { theory: 58, practical: 59 },
    three: {},
    expected: all('granted', 'denied', 'denied'),
  },
  {
    classNo: 3,
    seat: 26,
    what: '高等数学不及格，以先修课程转换',
    first: { JD103: 43 },
    resit: { JD103: 51 },
    outcomes: [
      {
        kind: '先修课程',
        name: '高等数学（专升本预科）',
        issuedOn: '2023-07-01',
        verified: '是',
        credits: 6,
        score: 72,
      },
    ],
    credit: [{ term: 3, outcome: 0, courses: ['JD103'] }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 3,
    seat: 30,
    what: '省级竞赛二等奖申请转换5学分课程：超过成果可转换的2学分，不予转换，课程照常修读',
    outcomes: [
      {
        kind: '竞赛获奖',
        name: '省职业院校技能大赛机电一体化项目',
        tier: '省级',
        prize: '二等奖',
        issuedOn: '2024-05-18',
        verified: '是',
      },
    ],
    credit: [{ term: 3, outcome: 0, courses: ['JD402'] }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 3,
    seat: 34,
    what: '持校外电工四级证书，转换电气安全技术（4学分）并免修',
    first: { JD404: '免修' },
    outcomes: [skill('四级', '是')],
    credit: [{ term: 4, outcome: 0, courses: ['JD404'] }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 3,
    seat: 38,
    what: '1+X中级证书转换工业机器人应用并免修',
    first: { JD502: '免修' },
    outcomes: [xCertificate('工业机器人操作与运维', '中级', { issuedOn: '2024-07-10', expiresOn: '2027-07-10' })],
    credit: [{ term: 5, outcome: 0, courses: ['JD502'] }],
    expected: all('granted', 'granted', 'granted'),
  },
  {
    classNo: 3,
    seat: 42,
    what: '三级操作技能59.0分',
    three: { theory: 80, practical: 59 },
    expected: all('granted', 'granted', 'denied'),
  },
  {
    classNo: 3,
    seat: 46,
    what: '三级考核被取消资格',
    three: { mark: '取消资格' },
    expected: all('granted', 'granted', 'denied'),
  },
];

const byPlace = new Map(troubles.map((trouble) => [`${trouble.classNo}/${trouble.seat}`, trouble]));

export const troubleAt = (classNo: number, seat: number): Trouble | undefined => byPlace.get(`${classNo}/${seat}`);
