import { readFileSync } from 'node:fs';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a workbook with a password, as Excel makes it',
  make: () => readFileSync(new URL('../fixtures/password.xlsx', import.meta.url)),
  refused: 'file_encrypted',
};
