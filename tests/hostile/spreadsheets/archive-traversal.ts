import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an entry that climbs out of its folder',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/../../../etc/cron.d/x', data: '' }],
      ),
    ),
  refused: 'archive_unsafe_path',
};
