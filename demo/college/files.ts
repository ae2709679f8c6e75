import * as xlsx from '@e965/xlsx';
import iconv from 'iconv-lite';
import { ARCHIVED_TERMS, TERMS } from './plan.ts';
import { makeStudents } from './students.ts';
import type { Size, Student } from './students.ts';
import type { Table } from './sheets.ts';
import * as tables from './tables.ts';

export interface DemoFile {
  name: string;
  bytes: Buffer;
}

/** All workbooks of a college of this size, or of some of its students: .xlsx, .xls and CSV in GB18030, as colleges send them. */
export function demoFiles(size: Size, keep: (student: Student, index: number) => boolean = () => true): DemoFile[] {
  const students = makeStudents(size).filter(keep);
  const taught = Array.from({ length: TERMS - ARCHIVED_TERMS }, (_, index) => ARCHIVED_TERMS + 1 + index);
  const hasLate = students.some(({ trouble }) => trouble?.late);
  return [
    book('students.xlsx', tables.studentsTable(students, false)),
    ...(hasLate ? [csv('students-late.csv', tables.studentsTable(students, true))] : []),
    book('plan.xlsx', tables.planTable()),
    csv('mapping.csv', tables.mappingTable()),
    oldBook('scores-term-1.xls', tables.scoresTable(students, 1)),
    csv('scores-term-2.csv', tables.scoresTable(students, 2)),
    ...taught.map((term) => book(`sheets-term-${term}.xlsx`, tables.scoresTable(students, term, 1))),
    ...taught.slice(0, -1).map((term) => book(`resits-term-${term}.xlsx`, tables.scoresTable(students, term, 2))),
    book('results-four.xlsx', tables.resultsTable(students, 'four')),
    oldBook('results-three.xls', tables.resultsTable(students, 'three')),
    book('outcomes.xlsx', tables.outcomesTable(students)),
    book('schemes.xlsx', tables.schemesTable()),
    book('matches.xlsx', tables.matchesTable()),
    book('credit-applications.xlsx', tables.creditTable(students)),
    book('applications.xlsx', tables.applicationsTable(students)),
    book('events.xlsx', tables.eventsTable(students)),
  ];
}

/** Written with the plain library: the product's own writer stamps the time, and these bytes are compared with what is committed. */
function workbook({ title, headers, rows }: Table, bookType: 'xlsx' | 'biff8'): Buffer {
  const made = xlsx.utils.book_new();
  const sheet = xlsx.utils.aoa_to_sheet([[...headers], ...rows.map((row) => [...row])]);
  sheet['!cols'] = headers.map((header) => ({ wch: Math.max(12, header.length * 2 + 4) }));
  xlsx.utils.book_append_sheet(made, sheet, title);
  return Buffer.from(xlsx.write(made, { type: 'buffer', bookType, compression: true }));
}

const book = (name: string, table: Table): DemoFile => ({ name, bytes: workbook(table, 'xlsx') });

const oldBook = (name: string, table: Table): DemoFile => ({ name, bytes: workbook(table, 'biff8') });

function csv(name: string, { headers, rows }: Table): DemoFile {
  const text = [headers, ...rows].map((row) => row.map((cell) => quoted(String(cell ?? ''))).join(',')).join('\r\n');
  return { name, bytes: iconv.encode(`${text}\r\n`, 'gb18030') };
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
