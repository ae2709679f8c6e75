import { faultText } from '../../schemas/import-faults.ts';
import type { ImportValue } from '../../schemas/import-columns.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Text } from '../../schemas/text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** What the register has against a row that the file itself allows. Warnings stand here too: worth a look, no reason to refuse. */
export const registerFaults = {
  student_unknown: t('登记簿中没有学号 {value}。', 'The register has no student number {value}.'),
  student_no_taken: t('学号 {value} 已在登记簿中。', 'Student number {value} is in the register already.'),
  student_left: t('该学生已退学或毕业，不能再导入。', 'This student has left or graduated; nothing can be imported.'),
  name_differs: t(
    '姓名与学号 {studentNo} 登记的姓名不一致。',
    'The name differs from the one on record for {studentNo}.',
  ),
  person_known: t(
    '此人已有学籍，将登记为同一人的另一学籍。',
    'This person is on record; a further enrolment will be added.',
  ),
  person_other_name: t('该身份证号已登记在另一姓名之下。', 'This ID number is on record under another name.'),
  person_enrolled: t(
    '该身份证号已有在籍学籍（学号 {studentNo}）。',
    'This ID number has an open enrolment ({studentNo}).',
  ),
  programme_unknown: t('登记簿中没有专业 {value}。', 'The register has no programme {value}.'),
  plan_unknown: t(
    '专业 {programme} 没有 {cohort} 级的人才培养方案，请先建立。',
    'Programme {programme} has no plan for cohort {cohort}; set it up first.',
  ),
  class_elsewhere: t('班级“{value}”属于其他专业或年级。', 'Class "{value}" belongs to another programme or cohort.'),
  glyph_missing: t(
    '姓名中的“{glyphs}”字体暂缺，颁发证书前须处理。',
    'No font has "{glyphs}" of this name; to be settled before a certificate is issued.',
  ),
  course_unknown: t('登记簿中没有课程 {value}。', 'The register has no course {value}.'),
  course_differs: t('课程 {value} 已登记为“{known}”。', 'Course {value} is on record as "{known}".'),
  course_not_in_plan: t('课程 {value} 不在该生的培养方案中。', "Course {value} is not in this student's plan."),
  term_beyond_plan: t('学期超出学制（共 {most} 个学期）。', 'The term lies beyond the programme ({most} terms).'),
  term_unknown: t('校历中没有第 {value} 学期。', 'The calendar has no term for number {value}.'),
  term_not_begun: t('第 {value} 学期尚未开始。', 'Term {value} has not begun.'),
  practice_exceeds_hours: t('实践学时不能多于总学时。', 'Practice hours cannot exceed the hours in all.'),
  standard_unknown: t(
    '登记簿中没有职业标准 {value}（版本 {edition}）。',
    'The register has no standard {value} (edition {edition}).',
  ),
  standard_ambiguous: t(
    '编码 {value} 对应多个职业标准，请写明标准本身的编码。',
    'Code {value} names several standards; use the code of the standard itself.',
  ),
  unit_unknown: t(
    '该标准该等级没有职业功能“{value}”，现有：{units}。',
    'The standard has no unit "{value}" at this level; it has: {units}.',
  ),
  sheet_open: t(
    '该班该课程的成绩单由教师录入，请在成绩单中录入。',
    "The teacher's sheet of this class and course is open; enter the scores there.",
  ),
  sheet_closed: t(
    '该班该课程的成绩单已提交或锁定，请用“解锁”或“更正”。',
    'The sheet of this class and course is closed; ask for it to be unlocked or correct the score.',
  ),
  score_recorded: t(
    '该生该课程第 {attempt} 次成绩已有记录，请用“更正”。',
    'Attempt {attempt} of this course is on record; correct the score instead.',
  ),
  component_unknown: t(
    '考核方案中没有“{value}”，现有：{components}。',
    'The scheme has no component "{value}"; it has: {components}.',
  ),
  components_incomplete: t(
    '缺少考核项目：{components}；总评暂缺。',
    'Components missing: {components}; the course result stays open.',
  ),
  total_without_components: t(
    '有总评但缺少考核项目：{components}，请补全或只填总评。',
    'There is a total but components are missing: {components}; fill them in or give the total alone.',
  ),
  total_differs: t(
    '总评 {value} 与各项加权结果 {weighted} 不符。',
    'The total {value} differs from the weighted result {weighted}.',
  ),
  mark_beside_scores: t(
    '各项均已有成绩，标记应填在所属的考核项目。',
    'Every component has a score; put the mark on the component it belongs to.',
  ),
  weights_assumed: t(
    '课程 {value} 未给出权重，按各项相等计算。',
    'No weights were given for course {value}; its components weigh alike.',
  ),
  pathway_unknown: t('该生没有此职业等级的培养路径。', 'This student has no pathway to this level of this occupation.'),
  pathway_closed: t('该培养路径已关闭。', 'This pathway is closed.'),
  not_applied: t(
    '该生尚未申报此等级；申报前不作结论。',
    'The student has not applied for this level; nothing is concluded before.',
  ),
  result_recorded: t('{value} 的考核成绩已有记录。', 'A result of {value} is on record.'),
  date_in_future: t('日期 {value} 在今天（{today}）之后。', 'The date {value} lies after today ({today}).'),
  level_for_kind: t('此类成果的等级应为：{levels}。', 'Outcomes of this kind have the levels {levels}.'),
  level_missing: t('没有等级的证书不能用于认定。', 'A certificate without level cannot be recognised.'),
  contest_incomplete: t(
    '没有竞赛级别或等次的获奖不能用于认定。',
    'An award without tier or prize cannot be recognised.',
  ),
  certificate_number_taken: t(
    '证书编号 {value} 已登记给学号 {studentNo}。',
    'Certificate number {value} is on record for student {studentNo}.',
  ),
} as const satisfies Record<string, Text>;

export type RegisterFaultCode = keyof typeof registerFaults;

/** Where the columns of this file stand: to place a fault beside its cell. */
export interface Places {
  places: Readonly<Record<string, string>>;
  headers: readonly string[];
}

interface At {
  row: number;
  values: object;
}

export interface FaultWords {
  detail?: Record<string, string | number>;
  suggestion?: string;
  /** What to show as the cell's content where it is not the value itself. */
  value?: string;
}

export type MakeFault = (at: At, code: RegisterFaultCode, key: string, words?: FaultWords) => RowFault;

export function faultMaker({ places, headers }: Places): MakeFault {
  return (
    { row, values },
    code,
    key,
    { detail = {}, suggestion, value = shown((values as Record<string, ImportValue>)[key]) } = {},
  ) => {
    const column = places[key] ?? '';
    const fault: RowFault = {
      row,
      column,
      header: headers[indexOfLetter(column)] ?? '',
      value,
      code,
      text: faultText(registerFaults[code], { value, ...detail }),
    };
    return suggestion === undefined ? fault : { ...fault, suggestion };
  };
}

const shown = (value: ImportValue | undefined): string => (value === null || value === undefined ? '' : String(value));

/** `A` is 0, `AB` is 27. */
export function indexOfLetter(letter: string): number {
  return [...letter].reduce((sum, character) => sum * 26 + character.charCodeAt(0) - 64, 0) - 1;
}
