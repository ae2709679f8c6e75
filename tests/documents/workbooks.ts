import * as XLSX from '@e965/xlsx';

export type Value = string | number | boolean | Date | null;

/** A workbook of one sheet, written by the library that also reads, in a form of one's choice. */
export function workbook(
  rows: Value[][],
  bookType: XLSX.BookType = 'xlsx',
  edit?: (sheet: XLSX.WorkSheet) => void,
): Buffer {
  const sheet = XLSX.utils.aoa_to_sheet(rows);
  edit?.(sheet);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, 'Sheet1');
  return XLSX.write(book, { type: 'buffer', bookType, compression: true }) as Buffer; // type: 'buffer'
}

/** An ID number of the unassigned area 990000 with a right check digit. */
export function idNumber(serial: number, birth = '20050601'): string {
  const first = `990000${birth}${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);
  return first + '10X98765432'[sum % 11];
}

export const studentHeaders = ['学号', '姓名', '身份证号', '班级', '专业代码', '年级', '入学日期'];

export function studentRow(n: number): Value[] {
  const birth = `2005${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (Math.floor(n / 12) % 28)).padStart(2, '0')}`;
  return [
    `2023${String(n).padStart(6, '0')}`,
    `学生${n}`,
    idNumber(n % 1000, birth),
    '机电2301班',
    '460301',
    2023,
    '2023-09-01',
  ];
}

export const students = (count: number): Value[][] => [
  studentHeaders,
  ...Array.from({ length: count }, (_, n) => studentRow(n + 1)),
];
