import { Problem } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import { decimal } from './decimal.ts';
import { refuseMissingGlyphs } from './glyph-faults.ts';
import type { Doc } from './page.ts';
import { alert, finish, fittingSize, grey, ink, openDocument, put } from './page.ts';
import { columnsOf, drawTableHead, drawTableRow, HEAD_HEIGHT, ROW_HEIGHT } from './score-table.ts';
import type { Column } from './score-table.ts';

export type Mark = 'deferred' | 'waived' | 'absent' | 'cheated' | 'disqualified';

export interface ScoreCell {
  /** Tenths of a mark, or null where nothing is recorded or a mark stands. */
  value: number | null;
  mark: Mark | null;
}

export interface ScoreSheetPrint {
  college: { name: Text; example: boolean };
  sheet: {
    id: string;
    version: number;
    state: 'empty' | 'draft' | 'submitted' | 'locked' | 'archived';
    submittedAt: string | null;
  };
  course: { code: string; name: string; credits: number };
  className: string;
  term: string;
  teacher: string;
  /** Weights in hundredths of a percent, together 10000. */
  components: readonly { title: string; weight: number }[];
  /** `scores` in the order of the components; `result` in hundredths, null while undetermined. */
  rows: readonly {
    studentNo: string;
    name: string;
    scores: readonly ScoreCell[];
    result: number | null;
    attempt: number;
  }[];
  /** The only clock in the file. */
  printedAt: string;
}

const states: Record<string, string> = {
  submitted: '提交 submitted',
  locked: '锁定 locked',
  archived: '归档 archived',
};
const MARGIN = 40;
const FIRST_TOP = 132;
const NEXT_TOP = 62;
const SIGNATURES = 74;

/** Printable from submission on (ecosystem.md §9); the print carries the sheet's version. */
export async function renderScoreSheet(print: ScoreSheetPrint): Promise<Buffer> {
  const state = states[print.sheet.state];
  if (!state) throw new Problem('sheet_not_submitted');
  refuseMissingGlyphs(print);
  const layout = print.components.length > 8 ? 'landscape' : 'portrait';
  const doc = openDocument({
    title: `成绩单 ${print.course.code} ${print.className}`,
    author: print.college.name['zh-CN'],
    subject: `Score sheet ${print.sheet.id} version ${print.sheet.version}`,
    at: new Date(print.printedAt),
    layout,
  });
  const size = layout === 'portrait' ? { width: 595.28, height: 841.89 } : { width: 841.89, height: 595.28 };
  const columns = columnsOf(print, { x: MARGIN, width: size.width - 2 * MARGIN });
  const pages = paginate(print.rows.length, size.height);
  let from = 0;
  for (const [index, count] of pages.entries()) {
    doc.addPage();
    if (print.college.example) drawExample(doc, size);
    const top = index === 0 ? drawTitle(doc, print, { ...size, state }) : drawContinuation(doc, print, size);
    drawTableHead(doc, columns, top);
    drawRows(doc, { columns, print, from, count, top: top + HEAD_HEIGHT });
    drawFooter(doc, { print, state, page: index + 1, of: pages.length, ...size });
    from += count;
  }
  drawSignatures(doc, size);
  return finish(doc);
}

/** Rows a page; the last page keeps room for the signatures. */
function paginate(rows: number, height: number): number[] {
  const room = (top: number, below: number): number =>
    Math.floor((height - top - HEAD_HEIGHT - below - 56) / ROW_HEIGHT);
  const pages: number[] = [];
  let left = rows;
  do {
    const top = pages.length ? NEXT_TOP : FIRST_TOP;
    if (left <= room(top, SIGNATURES)) {
      pages.push(left);
      return pages;
    }
    // never all of the rest: the page with the signatures must show at least one row
    const count = Math.min(room(top, 0), left - 1);
    pages.push(count);
    left -= count;
  } while (left > 0);
  return pages;
}

interface Size {
  width: number;
  height: number;
}

function drawExample(doc: Doc, { width, height }: Size): void {
  doc
    .save()
    .rotate(-40, { origin: [width / 2, height / 2] })
    .fillOpacity(0.07);
  put(doc, '示例 EXAMPLE', {
    x: -100,
    y: height / 2 - 60,
    width: width + 200,
    face: 'sansBold',
    size: 90,
    color: alert,
    align: 'center',
  });
  doc.restore();
}

function drawTitle(doc: Doc, print: ScoreSheetPrint, { width, state }: Size & { state: string }): number {
  const across = { x: MARGIN, width: width - 2 * MARGIN } as const;
  const { course } = print;
  put(doc, print.college.name['zh-CN'], { ...across, y: 34, face: 'sans', size: 10, color: grey, align: 'center' });
  put(doc, '课程成绩单', { ...across, y: 46, face: 'serifBold', size: 20, align: 'center' });
  put(doc, 'Course score sheet', { ...across, y: 75, face: 'sans', size: 8, color: grey, align: 'center' });
  const half = across.width / 2;
  const facts: [string, string, string, string][] = [
    [
      '课程 Course',
      `${course.name}（${course.code}） ${decimal(course.credits, 1)} 学分`,
      '班级 Class',
      print.className,
    ],
    [
      '任课教师 Teacher',
      print.teacher,
      '学期 Term',
      `${print.term}    状态 State  ${state}    版本 v${print.sheet.version}`,
    ],
  ];
  facts.forEach(([label, value, label2, value2], line) => {
    drawFact(doc, { x: MARGIN, y: 94 + line * 16, width: half - 8 }, label, value);
    drawFact(doc, { x: MARGIN + half, y: 94 + line * 16, width: half }, label2, value2);
  });
  return FIRST_TOP;
}

function drawFact(
  doc: Doc,
  { x, y, width }: { x: number; y: number; width: number },
  label: string,
  value: string,
): void {
  put(doc, label, { x, y: y + 1.5, width: 76, face: 'sans', size: 7.5, color: grey });
  const size = fittingSize(doc, value, { face: 'sans', most: 9.5, width: width - 78 });
  put(doc, value, { x: x + 76, y, width: width - 76, face: 'sans', size });
}

function drawContinuation(doc: Doc, { course, className, term }: ScoreSheetPrint, { width }: Size): number {
  const text = `${course.name}（${course.code}）  ${className}  ${term}  续 continued`;
  put(doc, text, { x: MARGIN, y: 42, width: width - 2 * MARGIN, face: 'sans', size: 9, color: grey });
  return NEXT_TOP;
}

interface Rows {
  columns: readonly Column[];
  print: ScoreSheetPrint;
  from: number;
  count: number;
  top: number;
}

function drawRows(doc: Doc, { columns, print, from, count, top }: Rows): void {
  for (let i = 0; i < count; i += 1) {
    const row = print.rows[from + i];
    if (row) drawTableRow(doc, { columns, row, number: from + i + 1, y: top + i * ROW_HEIGHT });
  }
}

interface Footer extends Size {
  print: ScoreSheetPrint;
  state: string;
  page: number;
  of: number;
}

function drawFooter(doc: Doc, { print, state, page, of, width, height }: Footer): void {
  const { sheet, printedAt, rows } = print;
  const line = { x: MARGIN, width: width - 2 * MARGIN, face: 'sans', size: 7, color: grey } as const;
  const about = `${sheet.id}  v${sheet.version}  ${state}  共 ${rows.length} 人  提交 ${shanghai(sheet.submittedAt)}  打印 ${shanghai(printedAt)}`;
  put(doc, about, { ...line, y: height - 36 });
  put(doc, `第 ${page} 页，共 ${of} 页  Page ${page} of ${of}`, { ...line, y: height - 36, align: 'right' });
}

function drawSignatures(doc: Doc, { width, height }: Size): void {
  const y = height - 78;
  const third = (width - 2 * MARGIN) / 3;
  ['任课教师 Teacher', '系（部）审核 Department', '教务处 Registrar'].forEach((label, i) => {
    const x = MARGIN + i * third;
    put(doc, label, { x, y, width: 100, face: 'sans', size: 8, color: grey });
    doc
      .lineWidth(0.5)
      .strokeColor(ink)
      .moveTo(x + 98, y + 11)
      .lineTo(x + third - 14, y + 11)
      .stroke();
  });
}

function shanghai(instant: string | null): string {
  if (!instant) return '—';
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
