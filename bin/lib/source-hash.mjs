import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot, sha256 } from './host.mjs';

const LEAVE_OUT = new Set(['node_modules', 'dist', '.git']);

/** Every file below the given paths, sorted, as paths from the project folder. */
export function filesBelow(paths) {
  return paths.flatMap((path) => walk(join(projectRoot, path))).sort();
}

function walk(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [relative(projectRoot, path)];
  return readdirSync(path)
    .filter((name) => !LEAVE_OUT.has(name))
    .flatMap((name) => walk(join(path, name)));
}

/** One hash over names and contents: modification times mean nothing in a fresh clone. */
export function hashOf(files) {
  const lines = files.map((file) => `${file} ${sha256(readFileSync(join(projectRoot, file)))}`);
  return sha256(lines.join('\n'));
}
