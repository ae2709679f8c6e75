import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an entry with an absolute path',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: '/etc/passwd', data: '' }],
      ),
    ),
  refused: 'archive_unsafe_path',
};
