import { readFileSync } from 'node:fs';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an xls with a few bytes changed, over which the library runs in circles for ever (found by mutation)',
  make: () => readFileSync(new URL('../fixtures/loop.xls', import.meta.url)),
  limits: { millis: 3000 },
  refused: 'reading_too_slow',
};
