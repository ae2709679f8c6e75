import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a workbook inside the workbook',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/embeddings/Book1.xlsx', data: 'PK' }],
      ),
    ),
  refused: 'archive_nested',
};
