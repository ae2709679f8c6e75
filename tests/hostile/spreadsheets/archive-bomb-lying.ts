import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '60 MB that the directory calls 1 KB',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ).map((entry) =>
        entry.name.includes('sheet1') ? { ...entry, data: 'A'.repeat(60_000_000), unpacked: 1024 } : entry,
      ),
    ),
  refused: 'file_damaged',
};
