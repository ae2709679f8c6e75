import { expect, test } from 'vitest';
import { renderScoreSheet } from '../../documents/pdf/score-sheet.ts';
import type { ScoreSheetPrint } from '../../documents/pdf/score-sheet.ts';
import { idOf } from '../support/certificates.ts';
import { textOf } from './rendered.ts';

const names = ['张伟', '欧阳䶮𬱖', '阿布都热西提·买买提吐尔逊', '李娜'];

function aSheet(rows: number, changes: Partial<ScoreSheetPrint> = {}): ScoreSheetPrint {
  return {
    college: { name: { 'zh-CN': '示例职业技术学院', en: 'Example College' }, example: false },
    sheet: { id: idOf('sht', 'one'), version: 3, state: 'submitted', submittedAt: '2026-06-20T09:30:00.000Z' },
    course: { code: 'ME305', name: '电机与拖动', credits: 40 },
    className: '机电2301班',
    term: '2025-2026-2',
    teacher: '王建国',
    components: [
      { title: '平时', weight: 2000 },
      { title: '实操', weight: 3050 },
      { title: '期末', weight: 4950 },
    ],
    rows: Array.from({ length: rows }, (_, i) => ({
      studentNo: `2023460${String(i + 1).padStart(4, '0')}`,
      name: names[i % names.length]!,
      scores: [
        { value: 850, mark: null },
        { value: i % 7 === 3 ? null : 745, mark: null },
        i % 9 === 4 ? { value: null, mark: 'absent' as const } : { value: 605, mark: null },
      ],
      result: i % 7 === 3 ? null : 7013,
      attempt: i % 11 === 5 ? 2 : 1,
    })),
    printedAt: '2026-06-21T01:00:00.000Z',
    ...changes,
  };
}

const squeezed = async (sheet: ScoreSheetPrint): Promise<string> =>
  textOf(await renderScoreSheet(sheet)).replace(/[ ]+/g, ' ');

test('a submitted sheet shows who, what, which version and every mark', async () => {
  const text = await squeezed(aSheet(5));

  for (const wanted of [
    '示例职业技术学院',
    '电机与拖动（ME305） 4.0 学分',
    '机电2301班',
    '提交 submitted',
    '版本 v3',
    '30.5%',
    '49.5%',
    '欧阳䶮𬱖',
    '缺考',
    '70.13',
    '2026-06-20 17:30',
    '共 5 人',
  ]) {
    expect(text).toContain(wanted);
  }
});

test.each([1, 33, 34, 35, 36, 38, 45, 100, 3000])(
  '%i rows: each once, in order, under a repeated header, with the signatures at the end',
  async (rows) => {
    const text = await squeezed(aSheet(rows));
    const pages = text.split('\f').slice(0, -1);

    expect(text.match(/2023460\d{4}/g)).toEqual(aSheet(rows).rows.map((row) => row.studentNo));
    for (const page of pages) expect(page).toMatch(/序号 学号 姓名 平时 实操 期末 总评 备注/);
    expect(pages.map((page) => page.includes('教务处'))).toEqual(pages.map((_, i) => i === pages.length - 1));
    expect(pages.at(-1)).toContain(`第 ${pages.length} 页，共 ${pages.length} 页`);
  },
);

test('twelve components still fit, on a page turned on its side', async () => {
  const components = Array.from({ length: 12 }, (_, i) => ({ title: `任务考核${i + 1}`, weight: i ? 800 : 1200 }));
  const rows = aSheet(3).rows.map((row) => ({ ...row, scores: components.map(() => ({ value: 1000, mark: null })) }));
  const pdf = await renderScoreSheet(aSheet(3, { components, rows }));

  expect(textOf(pdf).match(/100\.0/g)).toHaveLength(36);
});

test.each(['empty', 'draft'] as const)('a sheet that is %s cannot be printed', async (state) => {
  const sheet = { id: idOf('sht', 'one'), version: 1, state, submittedAt: null };

  await expect(renderScoreSheet(aSheet(3, { sheet }))).rejects.toMatchObject({ code: 'sheet_not_submitted' });
});

test('equal input gives equal bytes, and a character missing from the font is named with its row', async () => {
  const pdf = await renderScoreSheet(aSheet(40));
  expect(pdf.equals(await renderScoreSheet(aSheet(40)))).toBe(true);

  const rows = aSheet(2).rows.map((row, i) => (i === 1 ? { ...row, name: '王𠀋' } : row));
  await expect(renderScoreSheet(aSheet(2, { rows }))).rejects.toMatchObject({
    code: 'glyph_missing',
    errors: [{ pointer: '/rows/1/name', detail: { characters: ['𠀋'] } }],
  });
});
