import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a PDF called .csv',
  make: () => Buffer.from('%PDF-1.7\n1 0 obj'),
  refused: 'file_type_unknown',
};
