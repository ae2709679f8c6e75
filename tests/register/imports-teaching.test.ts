import { expect, test } from 'vitest';
import { readTx } from '../../db/read-tx.ts';
import { scoresAreFolded } from '../../register/check/scores.ts';
import { readFaultyRows, readImport } from '../../register/imports/batches.ts';
import { undoImport } from '../../register/imports/undo-import.ts';
import { correctScore } from '../../register/teaching/correct-score.ts';
import { aCollege, someStudents } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase } from '../support/databases.ts';
import { commit, fileOf, imported, stage } from '../support/imports.ts';

const undo = (college: College, batchId: string) =>
  undoImport(college.register, college.call('registrar', { batchId, reason: '重来' }));

async function faultsOf(college: College, batch: string): Promise<unknown[]> {
  const { faults } = await readFaultyRows(college.register, { id: batch, collegeId: college.id });
  return faults.map(({ row, code }) => [row, code]);
}

/** What `check-register` says of scores and their events. */
async function foldBreaches({ register: { db } }: College): Promise<number> {
  const findInFiles = async () => ({ files: 0, found: [] });
  const { breaches } = await readTx(db, (tx) =>
    scoresAreFolded.run({ db, tx, signer: null, findInFiles, now: db.clock.now() }),
  );
  return breaches;
}

const planHeaders = [
  '专业代码',
  '年级',
  '课程代码',
  '课程名称',
  '课程类别',
  '开课学期',
  '学分',
  '学时',
  '实践学时',
  '修读性质',
];
const mapHeaders = ['课程代码', '职业编码', '标准版本', '等级', '职业功能', '覆盖比例'];
const scoreHeaders = ['学期', '课程代码', '学号', '考核项目', '成绩', '标记', '次别'];
const resultHeaders = ['学号', '职业编码', '标准版本', '等级', '理论成绩', '实操成绩', '标记', '考核日期'];
const outcomeHeaders = [
  '学号',
  '姓名',
  '成果类型',
  '成果名称',
  '证书等级',
  '证书编号',
  '发证机构',
  '取得日期',
  '已核验',
];

forEachDatabase((_name, open) => {
  test('a plan adds courses, changes known ones and moves its credits; undone, all is as before', async () => {
    const college = await aCollege(await open());
    const { reader } = college.register.db;
    const before = await reader('plan_courses').orderBy('course_id');
    const file = fileOf(
      'plan',
      [
        planHeaders,
        ['460301', 2023, 'JD101', '电工技术', '专业核心课', 1, '5.0', 80, 40, '必修'],
        ['460301', 2023, 'JD201', '机械制图', '专业基础课', 1, '3.5', 56, 16, '必修'],
        ['460301', 2023, 'XX301', '摄影', '公共选修课', 2, '2', 32, 0, '选修'],
      ],
      { electiveCredits: 20 },
    );
    const { batch, summary } = await imported(college, file);

    expect(summary).toEqual({ courses: 2, added: 2, changed: 1 });
    expect(await reader('plans').where({ id: college.plan }).first()).toMatchObject({
      total_credits: 50 + 40 + 35 + 20,
      elective_credits: 20,
    });
    await undo(college, batch);
    expect(await reader('plan_courses').orderBy('course_id')).toEqual(before);
    expect(await reader('plans').where({ id: college.plan }).first()).toMatchObject({
      total_credits: 80,
      elective_credits: 0,
    });
    expect(await reader('courses').pluck('code')).toHaveLength(2);
  });

  test('a plan is refused where it contradicts the register or itself', async () => {
    const college = await aCollege(await open());
    const { batch } = await stage(
      college,
      fileOf('plan', [
        planHeaders,
        ['460301', 2023, 'JD101', '钳工', '专业核心课', 1, 4, 64, 32, '必修'],
        ['460301', 2023, 'JD301', '气动', '专业核心课', 9, 4, 64, 32, '必修'],
        ['460301', 2023, 'JD302', '液压', '专业核心课', 3, 4, 64, 65, '必修'],
        ['460301', 2024, 'JD303', '传感器', '专业核心课', 3, 4, 64, 32, '必修'],
      ]),
    );
    expect(await faultsOf(college, batch)).toEqual([
      [2, 'course_differs'],
      [3, 'term_beyond_plan'],
      [4, 'practice_exceeds_hours'],
      [5, 'plan_unknown'],
    ]);
  });

  test('a mapping names units of the standard, and says which there are', async () => {
    const college = await aCollege(await open());
    const staged = await stage(
      college,
      fileOf('mapping', [
        mapHeaders,
        ['JD102', '6-31-01-03', '2018', '四级', '继电控制电路装调维修', '40%'],
        ['JD101', '6-31-01-03', '2018', '四级', '继电控制电路装调维修', '60%'],
        ['JD102', '6-31-01-03', '2018', '四级', '没有的功能', '40%'],
        ['JD102', '6-31-01-03', '2030', '四级', '继电控制电路装调维修', '40%'],
        ['JD999', '6-31-01-03', '2018', '三级', '继电控制电路装调维修', '40%'],
      ]),
    );
    expect(await faultsOf(college, staged.batch)).toEqual([
      [4, 'unit_unknown'],
      [5, 'standard_unknown'],
      [6, 'course_unknown'],
    ]);
    const { summary } = await commit(college, staged, true);
    expect(summary).toEqual({ added: 1, changed: 1, courses: 2 });
    await undo(college, staged.batch);
    const lines = await college.register.db.reader('course_standard_units').where({ course_id: college.courses.JD102 });
    expect(lines.map(({ coverage }) => coverage)).toEqual([10_000, 10_000]);
  });

  test('a total that was imported is corrected as a total, and both values stay', async () => {
    const college = await aCollege(await open());
    const [one] = await someStudents(college, 1);
    await imported(college, fileOf('scores', [scoreHeaders, [1, 'JD101', one!.studentNo, '', 57, '', '']]));
    const { reader } = college.register.db;
    const { sheet_id: sheetId } = await reader('current_scores').where({ enrolment_id: one!.enrolment }).first();
    const input = { sheetId, enrolmentId: one!.enrolment, componentId: null, value: 750, mark: null, reason: '核分' };
    const { version } = await reader('score_sheets').where({ id: sheetId }).first('version');
    await correctScore(college.register, { ...college.call('registrar', input), ifMatch: `"${version}"` });

    const counts = await reader('current_scores').where({ enrolment_id: one!.enrolment });
    expect(counts).toEqual([expect.objectContaining({ component_key: 'total', value: 750, weight: 10_000 })]);
    const events = await reader('score_events').where({ enrolment_id: one!.enrolment }).orderBy('version');
    expect(events.map(({ value, version, reason }) => [Number(version), Number(value), reason])).toEqual([
      [1, 570, null],
      [2, 750, '核分'],
    ]);
    expect(await foldBreaches(college)).toBe(0);
  });

  test('scores become archived sheets whose events fold to what counts', async () => {
    const college = await aCollege(await open());
    const [one, two, three] = await someStudents(college, 3);
    const file = fileOf(
      'scores',
      [
        scoreHeaders,
        [1, 'JD101', one!.studentNo, '平时', 80, '', ''],
        [1, 'JD101', one!.studentNo, '期末', '75.5', '', ''],
        [1, 'JD101', one!.studentNo, '', 77, '', ''],
        [1, 'JD101', two!.studentNo, '平时', 60, '', ''],
        [1, 'JD101', two!.studentNo, '', '', '缺考', ''],
        [2, 'JD102', three!.studentNo, '', 88, '', ''],
      ],
      { weights: { JD101: { 平时: 4000, 期末: 6000 } } },
    );
    const { summary, batch } = await imported(college, file);

    expect(summary).toEqual({ scores: 5, sheets: 2, students: 3 });
    const { reader } = college.register.db;
    const scores = await reader('current_scores').where({ enrolment_id: one!.enrolment }).orderBy('weight');
    expect(scores).toEqual([
      expect.objectContaining({ weight: 4000, value: 800, mark: null, attempt: 1 }),
      expect.objectContaining({ weight: 6000, value: 755, mark: null, attempt: 1 }),
    ]);
    expect(
      await reader('current_scores').where({ enrolment_id: two!.enrolment }).whereNotNull('mark').pluck('mark'),
    ).toEqual(['absent']);
    expect(await reader('current_scores').where({ enrolment_id: three!.enrolment }).first()).toMatchObject({
      component_key: 'total',
      weight: 10_000,
      value: 880,
    });
    expect(await reader('score_sheet_events').orderBy(['sheet_id', 'ordinal']).pluck('kind')).toEqual([
      'submitted',
      'archived',
      'submitted',
      'archived',
    ]);
    for (const event of await reader('score_events'))
      expect(event.mac).toBe(college.register.db.keys.rowMac('score_events', event));
    const leaf = await reader('audit_leaves').where({ kind: 'import_committed' }).first();
    expect(JSON.parse(leaf.leaf).body.commitments).toHaveLength(3);

    await expect(
      stage(college, fileOf('scores', [scoreHeaders, [1, 'JD101', one!.studentNo, '', 90, '', '']])),
    ).resolves.toMatchObject({ faults: 1, rows: 0 });
    await undo(college, batch);
    expect(await reader('current_scores')).toEqual([]);
    expect(await reader('score_sheet_rows')).toEqual([]);
    expect(await foldBreaches(college)).toBe(0);
    await imported(college, file);
    expect(await foldBreaches(college)).toBe(0);
    expect(await reader('score_events').max({ version: 'version' }).first()).toMatchObject({ version: 2 });
    expect(await reader('current_scores')).toHaveLength(5);
  });

  test('scores are refused for strangers, other terms and what does not add up', async () => {
    const college = await aCollege(await open());
    const [student, left] = await someStudents(college, 2);
    await college.register.db.writer('enrolments').where({ id: left!.enrolment }).update({ status: 'withdrawn' });
    const no = student!.studentNo;
    const { batch } = await stage(
      college,
      fileOf('scores', [
        scoreHeaders,
        [1, 'JD101', '99999', '', 80, '', ''],
        [1, 'JD101', left!.studentNo, '', 80, '', ''],
        [1, 'JD999', no, '', 80, '', ''],
        [7, 'JD101', no, '', 80, '', ''],
        [1, 'JD101', no, '平时', 80, '', ''],
        [1, 'JD101', no, '期末', 60, '', ''],
        [1, 'JD101', no, '', 71, '', ''],
      ]),
    );
    expect(await faultsOf(college, batch)).toEqual([
      [2, 'student_unknown'],
      [3, 'student_left'],
      [4, 'course_unknown'],
      [5, 'term_not_begun'],
      [8, 'total_differs'],
    ]);
  });

  test('components without given weights weigh alike, and the preview says so', async () => {
    const college = await aCollege(await open());
    const [student] = await someStudents(college, 1);
    const names = ['平时', '期中', '期末'];
    const { batch } = await imported(
      college,
      fileOf('scores', [scoreHeaders, ...names.map((name) => [1, 'JD101', student!.studentNo, name, 80, '', ''])]),
    );
    const weights = await college.register.db.reader('scheme_components').orderBy('ordinal').select('weight', 'kind');
    expect(weights).toEqual([
      { weight: 3333, kind: 'process' },
      { weight: 3333, kind: 'midterm' },
      { weight: 3334, kind: 'final' },
    ]);
    const { report } = await readImport(college.register, { id: batch, collegeId: college.id });
    expect(report.warnings.map(({ code }) => code)).toEqual(['weights_assumed']);
  });

  test('weights that are not whole are refused with their course', async () => {
    const college = await aCollege(await open());
    const file = fileOf('scores', [scoreHeaders], { weights: { JD101: { 平时: 4000, 期末: 5000 } } });
    await expect(stage(college, file)).rejects.toMatchObject({
      code: 'bad_input',
      errors: [{ pointer: '/options/weights/JD101', code: 'weights_not_whole', detail: { sum: 9000 } }],
    });
  });

  test('level results become versions and decision points; undoing one adds a version that says nothing', async () => {
    const college = await aCollege(await open());
    const [student] = await someStudents(college, 1);
    const file = fileOf('results', [
      resultHeaders,
      [student!.studentNo, '6-31-01-03', '2018', '四级', 58, 70, '', '2025-06-20'],
      [student!.studentNo, '6-31-01-03', '2018', '四级', 66, 71, '', '2025-12-20'],
    ]);
    const { batch } = await imported(college, file);
    const { reader } = college.register.db;
    const results = () => reader('assessment_results').where({ pathway_id: student!.four }).orderBy('version');
    for (const row of await results()) expect(row.mac).toBe(college.register.db.keys.rowMac('assessment_results', row));
    expect((await results()).map(({ theory, version }) => [version, theory])).toEqual([
      [1, 580],
      [2, 660],
    ]);
    expect(await reader('decision_points').where({ kind: 'level_result' }).orderBy('key').pluck('key')).toEqual([
      '1',
      '2',
    ]);

    const again = await stage(
      college,
      fileOf('results', [resultHeaders, [student!.studentNo, '6-31-01-03', '2018', '四级', 90, 90, '', '2025-12-20']]),
    );
    expect(again).toMatchObject({ faults: 1, rows: 0 });
    await undo(college, batch);
    expect((await results()).at(-1)).toMatchObject({
      version: 3,
      theory: null,
      practical: null,
      mark: 'none',
      reason: 'import_undone',
    });
    expect((await imported(college, file)).rows).toBe(2);
  });

  test('results and outcomes of the future, of strangers or of no pathway are refused', async () => {
    const college = await aCollege(await open());
    const [student] = await someStudents(college, 1);
    const no = student!.studentNo;
    const results = await stage(
      college,
      fileOf('results', [
        resultHeaders,
        [no, '6-31-01-03', '2018', '四级', 80, 80, '', '2027-01-01'],
        [no, '6-31-01-03', '2018', '一级', 80, 80, '', '2025-12-20'],
      ]),
    );
    expect(await faultsOf(college, results.batch)).toEqual([
      [2, 'date_in_future'],
      [3, 'pathway_unknown'],
    ]);
    const outcomes = await stage(
      college,
      fileOf('outcomes', [
        outcomeHeaders,
        [no, '别人', '职业技能等级证书', '电工', '五级', 'S1', '某中心', '2024-06-30', '是'],
        [no, '', '1+X证书', '电工', '五级', 'X1', '某中心', '2024-06-30', '是'],
        [no, '', '职业技能等级证书', '电工', '五级', 'S2', '某中心', '2027-06-30', '是'],
      ]),
    );
    expect(await faultsOf(college, outcomes.batch)).toEqual([
      [2, 'name_differs'],
      [3, 'level_for_kind'],
      [4, 'date_in_future'],
    ]);
  });

  test('one certificate belongs to one student, and the other file says to whom', async () => {
    const college = await aCollege(await open());
    const [one, two] = await someStudents(college, 2);
    const line = (no: string) => [
      no,
      '',
      '职业技能等级证书',
      '电工',
      '五级',
      'S000000000000000000001',
      '某中心',
      '2024-06-30',
      '',
    ];
    const { batch } = await imported(college, fileOf('outcomes', [outcomeHeaders, line(one!.studentNo)]));
    expect(await college.register.db.reader('learning_outcomes').first()).toMatchObject({
      verified: null,
      origin: 'outside',
      level: 'five',
      batch_id: batch,
    });
    const other = await stage(college, fileOf('outcomes', [outcomeHeaders, line(two!.studentNo)]));
    const { faults } = await readFaultyRows(college.register, { id: other.batch, collegeId: college.id });
    expect(faults[0]?.text['zh-CN']).toContain(one!.studentNo);
    await undo(college, batch);
    expect(await college.register.db.reader('learning_outcomes')).toEqual([]);
  });
});
