import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an entry that says it unpacks to 120 MB',
  make: () =>
    zip([
      ...parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ),
      { name: 'xl/media/a.bin', data: 'x', unpacked: 120_000_000 },
    ]),
  refused: 'archive_too_large',
};
