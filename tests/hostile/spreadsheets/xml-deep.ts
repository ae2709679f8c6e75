import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'markup 200,000 levels deep',
  make: () => zip(parts(`${'<a>'.repeat(200_000)}${sheetData([['学号']])}`)),
  kind: 'students',
  faults: ['1 headers_not_found'],
};
