import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processMark } from './lock.mjs';

interface Running {
  name: string;
  pid: number;
  mark: string;
}

/** Notes the running children, so that the next supervisor finds them if this one is killed outright. */
export function noteChildren(file: string, children: Iterable<{ name: string; pid: number | undefined }>): void {
  const running: Running[] = [];
  for (const { name, pid } of children) {
    const mark = pid === undefined ? null : processMark(pid);
    if (pid !== undefined && mark !== null) running.push({ name, pid, mark });
  }
  writeFileSync(file, JSON.stringify(running));
}

/** Ends children that a killed supervisor has left behind. The mark tells them from a stranger with the same pid. */
export async function endLeftovers(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const left = (JSON.parse(readFileSync(file, 'utf8')) as Running[]).filter(isAlive);
  for (const { pid } of left) signalGroup(pid, 'SIGTERM');
  for (let waited = 0; left.some(isAlive) && waited < 8000; waited += 100) await sleep(100);
  for (const { pid } of left.filter(isAlive)) signalGroup(pid, 'SIGKILL');
  rmSync(file, { force: true });
  return left.map(({ name }) => name);
}

function isAlive({ pid, mark }: Running): boolean {
  return processMark(pid) === mark;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ESRCH') throw err;
  }
}
