import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FindInFiles } from '../../register/check/check.ts';

const OVERLAP = 32;
/** Keys are random bytes; sockets and locks hold no text. */
const SKIPPED = new Set(['keys', 'run']);

/** Looks through every file below a folder for these ID numbers, in pieces, whatever the file is. */
export function filesBelow(folder: string): FindInFiles {
  return async (texts) => {
    if (texts.size === 0 || !existsSync(folder)) return { files: 0, found: [] };
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const looked = files.filter((file) => !SKIPPED.has(file.slice(folder.length + 1).split('/')[0] ?? ''));
    const found: string[] = [];
    for (const file of looked) if (await holds(file, texts)) found.push(file);
    return { files: looked.length, found };
  };
}

async function holds(file: string, texts: ReadonlySet<string>): Promise<boolean> {
  let rest = '';
  try {
    for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
      const text = rest + String(piece);
      for (const run of text.matchAll(/\d{17,}[\dXx]?/g)) if (anyWithin(run[0], texts)) return true;
      rest = text.slice(-OVERLAP);
    }
  } catch {
    return false; // gone while we looked: a log that was turned, a WAL that was folded in
  }
  return false;
}

/** A number may stand inside a longer run of digits. */
function anyWithin(run: string, texts: ReadonlySet<string>): boolean {
  for (let from = 0; from + 18 <= run.length; from += 1)
    if (texts.has(run.slice(from, from + 18).toUpperCase())) return true;
  return false;
}
