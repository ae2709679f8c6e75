import { readFileSync } from 'node:fs';
import type { System } from '../../bin/lib/system.ts';

const TICK_MS = 10;

/** Processor time a process has had so far, all its threads; unlike the clock it says the same on a busy machine. Linux only, else NaN. */
function cpuMillis(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // after the name, which may hold spaces: fields 14 and 15 of proc(5)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}

type Child = Parameters<System['kill']>[0];

/** Counts what a child of the system uses from now on. */
export function cpuOf({ children }: System, name: Child): () => number {
  const pid = children.get(name)?.pid;
  const before = cpuMillis(pid);
  return () => cpuMillis(pid) - before;
}
