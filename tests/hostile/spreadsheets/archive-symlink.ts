import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an entry that is a symbolic link',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/link', data: '/etc/passwd', attributes: 0xa1ff0000 }],
      ),
    ),
  refused: 'archive_unsafe_path',
};
