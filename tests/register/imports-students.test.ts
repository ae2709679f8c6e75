import { expect, test } from 'vitest';
import { readFaultyRows, readImport, readImportRows } from '../../register/imports/batches.ts';
import { undoImport } from '../../register/imports/undo-import.ts';
import { forEachDatabase } from '../support/databases.ts';
import { aCollege } from '../support/college.ts';
import { aStudentLine, anIdNumber, commit, fileOf, imported, stage, studentHeaders } from '../support/imports.ts';

const code = (code: string) => expect.objectContaining({ code });

forEachDatabase((_name, open) => {
  test('students come in with identity, class, pathways and a nudge each', async () => {
    const college = await aCollege(await open());
    const { reader } = college.register.db;
    const lines = [studentHeaders, aStudentLine(1), aStudentLine(2, '机电2302班')];
    const { summary } = await imported(college, fileOf('students', lines));

    expect(summary).toEqual({ students: 2, classes: 1, people: 2 });
    const person = await reader('people').where({ name: '学生1' }).first();
    expect(person).toMatchObject({ birth_on: '2005-03-01', gender: 'male', id_last_four: anIdNumber(1).slice(-4) });
    expect(college.register.db.keys.decryptIdNumber(person.id_number_enc)).toBe(anIdNumber(1));
    expect(await reader('pathways').count({ n: '*' }).first()).toMatchObject({
      n: expect.toSatisfy((n) => Number(n) === 6),
    });
    expect(await reader('outbox').pluck('case_id')).toHaveLength(2);
    expect(await reader('org_units').where({ kind: 'class' }).pluck('name')).toEqual(
      expect.arrayContaining(['机电2301班', '机电2302班']),
    );
  });

  test('no ID number is kept in the clear, not even a wrong one', async () => {
    const college = await aCollege(await open());
    const wrong = '990000200503019999';
    const line = [...aStudentLine(1).slice(0, 2), wrong, ...aStudentLine(1).slice(3)];
    const { batch } = await stage(college, fileOf('students', [studentHeaders, line, aStudentLine(2)]));

    const kept = JSON.stringify([
      await college.register.db.reader('import_rows').select(),
      await college.register.db.reader('import_batches').select(),
      await college.register.db.reader('audit_leaves').select(),
    ]);
    expect(kept).not.toContain(wrong);
    expect(kept).not.toContain(anIdNumber(2));
    const faulty = await readFaultyRows(college.register, { id: batch, collegeId: college.id });
    expect(faulty.originals).toEqual([{ row: 2, cells: line }]);
    const rows = await readImportRows(college.register, { id: batch, collegeId: college.id });
    expect(rows.map(({ row }) => row)).toEqual([3, 2]);
    expect(JSON.stringify(rows)).not.toContain(wrong.slice(6, 14));
  });

  test('every fault against the register comes at once, by row and column', async () => {
    const college = await aCollege(await open());
    await imported(college, fileOf('students', [studentHeaders, aStudentLine(1)]));
    const at = (serial: number, change: Record<number, string>) => Object.assign(aStudentLine(serial), change);
    const file = fileOf('students', [
      studentHeaders,
      at(1, { 2: anIdNumber(77) }),
      at(3, { 2: anIdNumber(1) }),
      at(4, { 4: '999999' }),
      at(5, { 5: '2031' }),
      at(6, {}),
    ]);
    const staged = await stage(college, file);

    const { faults } = await readFaultyRows(college.register, { id: staged.batch, collegeId: college.id });
    expect(faults.map(({ row, column, code: fault }) => [row, column, fault])).toEqual([
      [2, 'A', 'student_no_taken'],
      [3, 'C', 'person_enrolled'],
      [4, 'E', 'programme_unknown'],
      [5, 'F', 'plan_unknown'],
    ]);
    await expect(commit(college, staged)).rejects.toMatchObject(code('import_has_faults'));
    expect((await commit(college, staged, true)).summary).toMatchObject({ students: 1 });
  });

  test('a name no font can draw is a warning, and is imported', async () => {
    const college = await aCollege(await open());
    const line = Object.assign(aStudentLine(1), { 1: '𰻝小明' });
    const { batch, warnings } = await imported(college, fileOf('students', [studentHeaders, line]));
    expect(warnings).toBe(1);
    const { report } = await readImport(college.register, { id: batch, collegeId: college.id });
    expect(report.warnings).toEqual([expect.objectContaining({ code: 'glyph_missing', row: 2, column: 'B' })]);
  });

  test('what changed since the preview refuses the commit, and nothing is written', async () => {
    const college = await aCollege(await open());
    const first = await stage(college, fileOf('students', [studentHeaders, aStudentLine(1), aStudentLine(2)]));
    await imported(college, fileOf('students', [studentHeaders, aStudentLine(2)]));
    await expect(commit(college, first)).rejects.toMatchObject(code('preview_outdated'));
    await expect(commit(college, { ...first, previewHash: 'sha256:0' })).rejects.toMatchObject(
      code('preview_outdated'),
    );
    expect(await college.register.db.reader('enrolments').pluck('student_no')).toEqual(['20230002']);
  });

  test('two files with one student, committed at once: the second is outdated', async () => {
    const college = await aCollege(await open());
    const one = await stage(college, fileOf('students', [studentHeaders, aStudentLine(1), aStudentLine(2)]));
    const two = await stage(college, fileOf('students', [studentHeaders, aStudentLine(2), aStudentLine(3)]));
    const both = await Promise.allSettled([commit(college, one), commit(college, two)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'preview_outdated' } });
    expect(await college.register.db.reader('enrolments')).toHaveLength(2);
  });

  test('the same file twice is refused, until its batch is undone', async () => {
    const college = await aCollege(await open());
    const file = fileOf('students', [studentHeaders, aStudentLine(1, '机电2309班')]);
    const { batch } = await imported(college, file);
    await expect(stage(college, file)).rejects.toMatchObject(code('import_same_file'));

    await undoImport(college.register, college.call('registrar', { batchId: batch, reason: '传错文件' }));
    const { reader } = college.register.db;
    for (const table of ['enrolments', 'people', 'pathways', 'case_watch'])
      expect(await reader(table).select()).toEqual([]);
    expect(await reader('org_units').where({ name: '机电2309班' })).toEqual([]);
    expect((await imported(college, file)).rows).toBe(1);
  });

  test('a batch that something rests on says what, and stays', async () => {
    const college = await aCollege(await open());
    const { batch } = await imported(college, fileOf('students', [studentHeaders, aStudentLine(1)]));
    const outcome = ['学号', '成果类型', '成果名称', '证书等级', '证书编号', '发证机构', '取得日期'];
    await imported(
      college,
      fileOf('outcomes', [outcome, ['20230001', '职业技能等级证书', '电工', '五级', 'S1', '某中心', '2024-06-30']]),
    );
    const undo = undoImport(college.register, college.call('registrar', { batchId: batch, reason: 'x' }));
    await expect(undo).rejects.toMatchObject({
      code: 'import_in_use',
      errors: [{ pointer: '', code: 'used_by_learning_outcomes', detail: { count: 1 } }],
    });
    expect(await college.register.db.reader('enrolments').pluck('student_no')).toEqual(['20230001']);
  });

  test('another college sees neither the batch nor its students', async () => {
    const db = await open();
    const [ours, theirs] = [await aCollege(db), await aCollege(db, { code: '14998' })];
    const staged = await stage(ours, fileOf('students', [studentHeaders, aStudentLine(1)]));
    await expect(commit(theirs, staged)).rejects.toMatchObject(code('not_found'));
    await imported(theirs, fileOf('students', [studentHeaders, aStudentLine(1)]));
    expect((await commit(ours, staged)).rows).toBe(1);
  });
});
