import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST = 10 * 1024 * 1024;

export interface LogFile {
  path: string;
  write(text: string): void;
  lastLines(count: number): string;
}

/** A log that keeps itself and one predecessor within 10 MB each. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let size = existsSync(path) ? statSync(path).size : 0;
  return {
    path,
    write(text) {
      if (size > LARGEST) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, text, { mode: 0o600 });
      size += Buffer.byteLength(text);
    },
    lastLines(count) {
      if (!existsSync(path)) return '';
      return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
    },
  };
}
