import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '201 entries',
  make: () =>
    zip([
      ...parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ),
      ...Array.from({ length: 195 }, (_, i) => ({ name: `xl/a${i}.xml`, data: '<a/>' })),
    ]),
  refused: 'archive_too_many_entries',
};
