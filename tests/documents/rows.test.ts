import { expect, test } from 'vitest';
import { importDefinition } from '../../schemas/imports.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { Cell, CellKind, Sheet } from '../../documents/spreadsheet/cell.ts';
import { findSheet, recogniseColumns } from '../../documents/spreadsheet/columns.ts';
import { normalise } from '../../documents/spreadsheet/normalise.ts';
import { parseRows } from '../../documents/spreadsheet/rows.ts';
import type { ParsedImport } from '../../schemas/parsed-import.ts';
import type { ParseOptions } from '../../documents/spreadsheet/rows.ts';
import { idNumber, studentHeaders } from './workbooks.ts';

type Written = string | { text: string; kind: CellKind };

/** A sheet as the reader gives it, from lines of texts; the first line is row 1. */
function sheetOf(lines: Written[][]): Sheet {
  const rows = lines.map((line, r) => ({
    row: r + 1,
    cells: line.flatMap((written, c): Cell[] => {
      const { text, kind } =
        typeof written === 'string' ? { text: normalise(written), kind: 'text' as const } : written;
      return text === '' ? [] : [{ text, kind, row: r + 1, column: c + 1 }];
    }),
  }));
  return { name: 'Sheet1', rows: rows.filter(({ cells }) => cells.length > 0), merges: [], droppedRows: 0 };
}

const parse = (kind: ImportKind, lines: Written[][], options?: ParseOptions): ParsedImport =>
  parseRows(sheetOf(lines), importDefinition(kind), options);
const codes = ({ faults }: ParsedImport): string[] => faults.map(({ row, column, code }) => `${row}${column} ${code}`);
const valuesOf = ({ rows }: ParsedImport, key: string): unknown[] => rows.map(({ values }) => values[key]);

const student = (change: Record<string, Written> = {}): Written[] => {
  const base: Record<string, Written> = {
    学号: '2023001',
    姓名: '张三',
    身份证号: idNumber(1),
    班级: '机电2301班',
    专业代码: '460301',
    年级: '2023',
    入学日期: '2023-09-01',
  };
  return studentHeaders.map((header) => ({ ...base, ...change })[header] ?? '');
};

test('headers are found by title or alias, in any order, below a title, with stars and notes', () => {
  const sheet = sheetOf([
    ['2023级新生名册'],
    ['序号', '姓名*', '身份证号码（文本）', '学 号', '行政班级', '专业编码', '年级', '入学时间', '手机号'],
    ['1', '张三', idNumber(1), '2023001', '机电2301班', '460301', '2023级', '2023.9.1', '13800000000'],
  ]);
  const found = recogniseColumns(sheet, importDefinition('students'));
  const parsed = parseRows(sheet, importDefinition('students'));

  expect(found.faults).toEqual([]);
  expect(found.headerRow).toBe(2);
  expect(found.unknownHeaders).toEqual(['序号', '手机号']);
  expect(parsed.rows[0]).toMatchObject({
    row: 3,
    values: { studentNo: '2023001', cohort: 2023, enrolledOn: '2023-09-01', className: '机电2301班' },
  });
});

test('wrong headers are one fault that names the columns wanted', () => {
  const parsed = parse('students', [
    ['甲', '乙'],
    ['1', '2'],
  ]);

  expect(codes(parsed)).toEqual(['1 headers_not_found']);
  expect(parsed.faults[0]?.text['zh-CN']).toContain('学号、姓名、身份证号');
  expect(parsed.rows).toEqual([]);
});

test('missing and doubled columns are all said at once, and nothing may be committed', () => {
  const parsed = parse('students', [
    ['学号', '姓名', '学生学号', '班级', '专业代码', '年级'],
    ['2023001', '张三', '2023001', '甲班', '460301', '2023'],
  ]);

  expect(codes(parsed)).toEqual(['1C column_doubled', '1 column_missing', '1 column_missing']);
  expect(parsed.faults.map(({ header }) => header)).toEqual(['学生学号', '身份证号', '入学日期']);
  expect(parsed.rows).toEqual([]);
});

test('every fault of every row comes at once, with row, column, value and reason', () => {
  const parsed = parse('students', [
    studentHeaders,
    student(),
    student({ 学号: '2023 002', 姓名: '', 身份证号: '110105194912310021', 入学日期: '2023-02-30' }),
    student({ 学号: '2023003', 身份证号: { text: '990000200506010000', kind: 'number' }, 年级: '二三级' }),
  ]);

  expect(codes(parsed)).toEqual([
    '3A text_malformed',
    '3B value_missing',
    '3C id_number_checksum',
    '3G date_malformed',
    '4C number_rounded',
    '4F number_malformed',
  ]);
  expect(parsed.faults[2]).toMatchObject({ header: '身份证号', value: '110105194912310021' });
  expect(parsed.rows.map(({ row }) => row)).toEqual([2]);
  expect(parsed.faultCount).toBe(6);
});

test('an ID number that a CSV holds as 9.9E+17 is told from a typing error', () => {
  expect(codes(parse('students', [studentHeaders, student({ 身份证号: '9.90E+17' })]))).toEqual(['2C number_rounded']);
});

test('a doubled row names the row it doubles, by student number and by ID number', () => {
  const parsed = parse('students', [
    studentHeaders,
    student(),
    student({ 身份证号: idNumber(2) }),
    student({ 学号: '2023009' }),
  ]);

  expect(codes(parsed)).toEqual(['3A row_doubled', '4C row_doubled']);
  expect(parsed.faults.map(({ text }) => text['zh-CN'])).toEqual([
    '与第 2 行重复（学号相同）。',
    '与第 2 行重复（身份证号相同）。',
  ]);
});

test('15 digits are taken and pointed out; a gender that differs from the ID number is pointed out', () => {
  const headers = [...studentHeaders, '性别'];
  const parsed = parse('students', [headers, [...student({ 身份证号: '110105491231002' }), '男']]);

  expect(parsed.faults).toEqual([]);
  expect(parsed.warnings.map(({ code, suggestion }) => [code, suggestion])).toEqual([
    ['id_number_upgraded', '11010519491231002X'],
    ['gender_differs', '女'],
  ]);
  expect(valuesOf(parsed, 'idNumber')).toEqual(['11010519491231002X']);
});

test('formulas, errors and links are faults of their cells', () => {
  const parsed = parse('students', [
    studentHeaders,
    student({
      姓名: { text: '=A1', kind: 'formula' },
      班级: { text: '#N/A', kind: 'error' },
      年级: { text: '2023', kind: 'link' },
    }),
  ]);

  expect(codes(parsed)).toEqual(['2B formula_cell', '2D error_cell', '2F link_cell']);
});

test('a bare Excel serial where a date belongs is refused with the date it stands for', () => {
  const parsed = parse('students', [studentHeaders, student({ 入学日期: { text: '45170', kind: 'number' } })]);

  expect(parsed.faults[0]).toMatchObject({ code: 'date_malformed', suggestion: '2023-09-01' });
});

test('a course code that Excel took for a date is refused', () => {
  const headers = ['课程代码', '职业编码', '标准版本', '等级', '职业功能', '覆盖比例'];
  const parsed = parse('mapping', [
    headers,
    [{ text: '2023-01-02', kind: 'date' }, '6-31-01-03', '2018', '四级', '继电控制电路装调维修', '40%'],
  ]);

  expect(codes(parsed)).toEqual(['2A text_malformed']);
});

test('a merged cell inside the data is a fault; one in the title above is not', () => {
  const sheet = sheetOf([['名册'], studentHeaders, student(), student({ 学号: '2023002', 身份证号: idNumber(2) })]);
  sheet.merges = [
    { top: 1, left: 1, bottom: 1, right: 7 },
    { top: 3, left: 4, bottom: 4, right: 4 },
  ];
  const parsed = parseRows(sheet, importDefinition('students'));

  expect(codes(parsed)).toEqual(['3D merged_cells']);
  expect(parsed.faults[0]?.text['zh-CN']).toContain('D3:D4');
});

test('headers without data say so', () => {
  expect(codes(parse('students', [studentHeaders]))).toEqual(['1 no_rows']);
});

test('more rows than the cap are refused as a whole, exactly at the cap they are read', () => {
  const lines = [studentHeaders, student(), student({ 学号: '2', 身份证号: idNumber(2) })];

  expect(parse('students', lines, { rowLimit: 2 }).rows).toHaveLength(2);
  expect(() => parse('students', lines, { rowLimit: 1 })).toThrow('spreadsheet_refused');
});

test('a plan: credits in tenths, kinds by any of their names, compulsory or elective', () => {
  const headers = [
    '专业代码',
    '年级',
    '课程代码',
    '课程名称',
    '课程性质',
    '开课学期',
    '学分',
    '总学时',
    '实践学时',
    '必修/选修',
  ];
  const parsed = parse('plan', [
    headers,
    ['460301', '2023', 'JD101', '电工技术基础', '专业核心课程', '第三学期', '4.5', '72', '36', '必修'],
    ['460301', '2023', 'GX001', '音乐鉴赏', '公选课', '2', '2', '32', '0', '任选'],
  ]);

  expect(parsed.faults).toEqual([]);
  expect(
    parsed.rows.map(({ values }) => [values.courseKind, values.termNo, values.credits, values.hours, values.required]),
  ).toEqual([
    ['professional_core', 3, 45, 72, true],
    ['public_elective', 2, 20, 32, false],
  ]);
});

test('a mapping: coverage as 40 or 40%, in hundredths of a percent', () => {
  const headers = ['课程代码', '职业编码', '标准版本', '等级', '职业功能', '覆盖比例（%）'];
  const line = (unit: string, coverage: string): string[] => [
    'JD101',
    '6-31-01-03',
    '2018',
    '四级/中级工',
    unit,
    coverage,
  ];
  const parsed = parse('mapping', [
    headers,
    line('甲', '40%'),
    line('乙', '12.55'),
    line('丙', '100.01'),
    line('丁', '0'),
    line('戊', '1.234'),
  ]);

  expect(valuesOf(parsed, 'coverage')).toEqual([4000, 1255]);
  expect(valuesOf(parsed, 'level')).toEqual(['four', 'four']);
  expect(codes(parsed)).toEqual(['4F number_out_of_range', '5F number_out_of_range', '6F too_many_decimals']);
  expect(parsed.faults[2]?.suggestion).toBe('1.23');
});

const scoreHeaders = ['学期', '课程代码', '学号', '姓名', '考核项目', '成绩', '标记', '次别'];
const score = (...rest: string[]): string[] => ['1', 'JD101', ...rest];

test('scores: both sides of the range, one decimal, blank component is the total', () => {
  const parsed = parse('scores', [
    scoreHeaders,
    score('2023001', '张三', '期末', '0', '', ''),
    score('2023002', '李四', '', '100.0', '', '补考'),
    score('2023003', '王五', '', '100.1', '', ''),
    score('2023004', '赵六', '', '-0.1', '', ''),
    score('2023005', '钱七', '', '85.55', '', ''),
    score('2023006', '孙八', '', '', '', ''),
    score('2023007', '周九', '', '优秀', '', ''),
  ]);

  expect(parsed.rows.map(({ values }) => [values.component, values.score, values.attempt])).toEqual([
    ['期末', 0, 1],
    [null, 1000, 2],
  ]);
  expect(codes(parsed)).toEqual([
    '4F number_out_of_range',
    '5F number_out_of_range',
    '6F too_many_decimals',
    '7F one_of_missing',
    '8F number_malformed',
  ]);
});

test('marks: in their own column or written where the score belongs; a score beside a mark is refused', () => {
  const parsed = parse('scores', [
    scoreHeaders,
    score('2023001', '', '', '', '缓考', ''),
    score('2023002', '', '', '缺考', '', ''),
    score('2023003', '', '', '60', '作弊', ''),
    score('2023004', '', '', '', '生病', ''),
  ]);

  expect(valuesOf(parsed, 'mark')).toEqual(['deferred', 'absent']);
  expect(valuesOf(parsed, 'score')).toEqual([null, null]);
  expect(codes(parsed)).toEqual(['4F score_and_mark', '5G choice_unknown']);
});

test('two totals of one course and attempt are doubles, as a resit they are not', () => {
  const parsed = parse('scores', [
    scoreHeaders,
    score('2023001', '', '', '50', '', ''),
    score('2023001', '', '', '60', '', '2'),
    score('2023001', '', '', '61', '', '补考'),
  ]);

  expect(codes(parsed)).toEqual(['4A row_doubled']);
  expect(parsed.faults[0]?.text['zh-CN']).toContain('与第 3 行重复');
});

test('a wide sheet becomes one row a component; a blank cell is no score and no zero', () => {
  const headers = ['学期', '课程代码', '学号', '姓名', '平时', '实操', '期末（%）', '总评', '标记'];
  const parsed = parse(
    'scores',
    [
      headers,
      ['1', 'JD101', '2023001', '张三', '80', '', '90.5', '86', ''],
      ['1', 'JD101', '2023002', '李四', '70', '', '缺考', '', '舞弊'],
    ],
    { components: ['平时', '实操', '期末'] },
  );

  expect(parsed.faults).toEqual([]);
  expect(parsed.rows.map(({ row, values }) => [row, values.component, values.score, values.mark])).toEqual([
    [2, '平时', 800, null],
    [2, '期末', 905, null],
    [2, null, 860, null],
    [3, '平时', 700, null],
    [3, '期末', null, 'absent'],
    [3, null, null, 'cheated'],
  ]);
});

test('in a wide sheet what is wrong with the student is said once', () => {
  const parsed = parse(
    'scores',
    [
      ['学期', '课程代码', '学号', '平时', '期末'],
      ['99', 'JD101', '2023001', '80', '101'],
    ],
    { components: ['平时', '期末'] },
  );

  expect(codes(parsed)).toEqual(['2A number_out_of_range', '2E number_out_of_range']);
});

test('level results: any one of the parts or a mark', () => {
  const headers = ['学号', '职业编码', '标准版本', '等级', '理论知识成绩', '操作技能成绩', '标记', '考核日期'];
  const line = (no: string, ...rest: string[]): string[] => [no, '6-31-01-03', '2018', '中级工', ...rest, '2025/12/20'];
  const parsed = parse('results', [
    headers,
    line('1', '82', '75.5', ''),
    line('2', '', '', '缺考'),
    line('3', '', '', ''),
    line('4', '60', '缺考', ''),
  ]);

  expect(parsed.rows.map(({ values }) => [values.theory, values.practical, values.mark, values.level])).toEqual([
    [820, 755, null, 'four'],
    [null, null, 'absent', 'four'],
    [600, null, 'absent', 'four'],
  ]);
  expect(codes(parsed)).toEqual(['4E one_of_missing']);
});

test('outcomes: a certificate needs its number, a prior course does not; 初级 is not 初级工', () => {
  const headers = [
    '学号',
    '成果类型',
    '成果名称',
    '等级',
    '证书编号',
    '发证机构',
    '取得日期',
    '有效期至',
    '已核验',
    '原学分',
    '原成绩',
  ];
  const parsed = parse('outcomes', [
    headers,
    ['1', '职业技能等级证书', '电工', '初级工', 'S000023000001255000017', '某评价中心', '2024-06-30', '', '是', '', ''],
    ['2', 'X证书', '工业机器人应用编程', '初级', 'X-1', '某公司', '2024-06-30', '2024-06-29', '否', '', ''],
    ['3', '1+X', '工业机器人应用编程', '中级', '', '某公司', '2024-06-30', '', '', '', ''],
    ['4', '先修课程', '高等数学', '', '', '某大学', '2022-07-01', '', '', '3.5', '88'],
    ['5', '职业技能等级证书', '电工', '五级', 'S000023000001255000017', '某评价中心', '2024-06-30', '', '是', '', ''],
  ]);

  expect(codes(parsed)).toEqual(['3H date_order', '4E value_missing', '6B row_doubled']);
  expect(
    parsed.rows.map(({ values }) => [values.kind, values.level, values.verified, values.credits, values.score]),
  ).toEqual([
    ['skill_certificate', 'five', true, null, null],
    ['prior_course', null, null, 35, 880],
  ]);
});

test('of several sheets the one with the headers is taken', () => {
  const cover = { ...sheetOf([['封面'], ['说明']]), name: '封面' };
  const data = { ...sheetOf([studentHeaders, student()]), name: '名册' };

  expect(findSheet([cover, data], importDefinition('students')).name).toBe('名册');
});
