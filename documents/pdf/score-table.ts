import type { Doc } from './page.ts';
import { alert, fittingSize, grey, ink, put } from './page.ts';
import type { Mark, ScoreCell, ScoreSheetPrint } from './score-sheet.ts';
import { decimal } from './decimal.ts';

export const HEAD_HEIGHT = 34;
export const ROW_HEIGHT = 17.5;

const markWords: Record<Mark, string> = {
  deferred: '缓考',
  waived: '免修',
  absent: '缺考',
  cheated: '舞弊',
  disqualified: '取消资格',
};
const attemptWords = ['', '', '补考', '重修'];

type Row = ScoreSheetPrint['rows'][number];

export interface Column {
  title: string;
  subtitle: string;
  x: number;
  width: number;
  align: 'left' | 'right' | 'center';
  text(row: Row, number: number): string;
}

type Narrow = Omit<Column, 'x'>;

export function columnsOf(print: ScoreSheetPrint, { x, width }: { x: number; width: number }): Column[] {
  const fixed = 24 + 82 + 48 + 44;
  const each = Math.min(58, (width - fixed - 96) / Math.max(1, print.components.length));
  const name = width - fixed - each * print.components.length;
  const narrow: Narrow[] = [
    { title: '序号', subtitle: 'No.', width: 24, align: 'right', text: (_row, number) => String(number) },
    { title: '学号', subtitle: 'Student no.', width: 82, align: 'left', text: (row) => row.studentNo },
    { title: '姓名', subtitle: 'Name', width: name, align: 'left', text: (row) => row.name },
    ...print.components.map(
      (component, i): Narrow => ({
        title: component.title,
        subtitle: `${decimal(component.weight, 2).replace(/\.?0+$/, '')}%`,
        width: each,
        align: 'right',
        text: (row) => cellText(row.scores[i]),
      }),
    ),
    {
      title: '总评',
      subtitle: 'Result',
      width: 48,
      align: 'right',
      text: (row) => (row.result === null ? '—' : decimal(row.result, 2)),
    },
    {
      title: '备注',
      subtitle: 'Note',
      width: 44,
      align: 'center',
      text: (row) => attemptWords[row.attempt] ?? `第${row.attempt}次`,
    },
  ];
  let left = x;
  return narrow.map((column) => {
    left += column.width;
    return { ...column, x: left - column.width };
  });
}

function cellText(cell: ScoreCell | undefined): string {
  if (cell?.mark) return markWords[cell.mark];
  return cell?.value === null || cell?.value === undefined ? '—' : decimal(cell.value, 1);
}

export function drawTableHead(doc: Doc, columns: readonly Column[], y: number): void {
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return;
  doc.rect(first.x, y, last.x + last.width - first.x, HEAD_HEIGHT).fill('#eef0f3');
  for (const column of columns) {
    const at = { x: column.x + 3, width: column.width - 6, align: column.align } as const;
    const size = fittingSize(doc, column.title, { face: 'sansBold', most: 8.5, width: column.width - 6 });
    put(doc, column.title, { ...at, y: y + 5, face: 'sansBold', size });
    put(doc, column.subtitle, { ...at, y: y + 19, face: 'sans', size: 6.5, color: grey });
  }
  rule(doc, columns, y + HEAD_HEIGHT, 0.8);
}

interface TableRow {
  columns: readonly Column[];
  row: Row;
  number: number;
  y: number;
}

export function drawTableRow(doc: Doc, { columns, row, number, y }: TableRow): void {
  const marks = new Set<string>(Object.values(markWords));
  for (const column of columns) {
    const text = column.text(row, number);
    if (!text) continue;
    const size = fittingSize(doc, text, { face: 'sans', most: 9, width: column.width - 6 });
    const color = marks.has(text) ? alert : ink;
    put(doc, text, {
      x: column.x + 3,
      y: y + 2 + (9 - size) * 0.8,
      width: column.width - 5,
      align: column.align,
      face: 'sans',
      size,
      color,
    });
  }
  rule(doc, columns, y + ROW_HEIGHT, number % 5 ? 0.25 : 0.6);
}

function rule(doc: Doc, columns: readonly Column[], y: number, width: number): void {
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return;
  doc
    .lineWidth(width)
    .strokeColor('#8b949e')
    .moveTo(first.x, y)
    .lineTo(last.x + last.width, y)
    .stroke();
}
