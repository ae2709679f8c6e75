import iconv from 'iconv-lite';
import { students } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a GBK table that calls itself .xls',
  make: () =>
    iconv.encode(
      `<html><body><table border=1>${students(3)
        .map((row) => `<tr>${row.map((value) => `<td>${value}</td>`).join('')}</tr>`)
        .join('')}</table></body></html>`,
      'gbk',
    ),
  kind: 'students',
  rows: 3,
};
