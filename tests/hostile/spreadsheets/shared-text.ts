import { parts, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'one text of 30 KB referred to 10,000 times',
  make: () =>
    zip(
      parts(
        `<sheetData>${Array.from({ length: 10_000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>0</v></c></row>`).join('')}</sheetData>`,
        [
          {
            name: 'xl/sharedStrings.xml',
            data: `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${'x'.repeat(30_000)}</t></si></sst>`,
          },
        ],
      ),
    ),
  refused: 'text_too_long',
};
