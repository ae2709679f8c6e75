import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'headers and sheet called __proto__',
  make: () =>
    zip(
      parts(
        sheetData([
          ['__proto__', 'constructor', 'toString'],
          ['1', '2', '3'],
        ]),
      ).map((entry) => ({ ...entry, data: String(entry.data).replace('name="S"', 'name="__proto__"') })),
    ),
  kind: 'students',
  faults: ['1 headers_not_found'],
};
