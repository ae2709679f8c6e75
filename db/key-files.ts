import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartupFault } from './faults.ts';

const KEY_BYTES = 32;
const OTHERS = 0o077;

/** The folder is made 0700 where it is missing; one that others may enter is refused. */
export function refuseLooseFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & OTHERS) !== 0) throw new StartupFault('keys_too_open', folder);
}

export function readOrCreateKey(folder: string, name: string): Buffer {
  const path = join(folder, name);
  const text = read(path) ?? create(path);
  if ((statSync(path).mode & OTHERS) !== 0) throw new StartupFault('keys_too_open', path);
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new StartupFault('key_damaged', path);
  return key;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written whole beside its place and linked there, so that a crash leaves no half key and two starters agree on one. */
function create(path: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
