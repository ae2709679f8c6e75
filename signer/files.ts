import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Owner only, made if absent; a looser folder stops the start. */
export function privateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  refuseLooseMode(path);
}

export function refuseLooseMode(path: string): void {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new Error(
      `${path}: 权限过宽 (${mode.toString(8)})，请收紧为仅所有者可访问。Mode too loose: only the owner may have access.`,
    );
  }
}

/** All or nothing, and on the disk before it returns: a kill leaves the old state or the new one. */
export function writeOnce(path: string, content: string): void {
  if (existsSync(path)) throw new Error(`${path} exists and is never overwritten`);
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o400);
  writeFileSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
