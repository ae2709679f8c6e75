import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where global-setup.ts started the product. */
export const url = (): string => process.env.E2E_URL ?? '';

/** The password the seed gave a demo account. */
export function passwordOf(loginName: string): string {
  const lines = readFileSync(join(process.env.E2E_DATA_DIR ?? '', 'demo-accounts.txt'), 'utf8').split('\n');
  const words = lines.map((line) => line.trim().split(/\s+/)).find((line) => line.at(-2) === loginName);
  return words?.at(-1) ?? '';
}
