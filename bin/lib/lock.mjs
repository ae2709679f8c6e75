import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Start time of a process, which with the pid names it for good; null when it is gone. */
export function processMark(pid) {
  try {
    process.kill(pid, 0);
  } catch (err) {
    if (err.code !== 'EPERM') return null;
  }
  if (process.platform !== 'linux') return 'alive';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch {
    return null;
  }
}

/**
 * Takes a lock file for this process. A lock whose owner is gone is taken over.
 * @returns {{ release(): void } | { heldBy: number }}
 */
export function tryLock(file) {
  const mine = JSON.stringify({ pid: process.pid, mark: processMark(process.pid) });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (err) {
      if (err.code !== 'EEXIST') throw err;
    }
    const owner = ownerOf(file);
    if (owner && processMark(owner.pid) === owner.mark) return { heldBy: owner.pid };
    discard(file);
  }
  return { heldBy: 0 };
}

function ownerOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** By renaming, so that of two processes that find the same dead lock only one removes it. */
function discard(file) {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (err) {
    if (err.code !== 'ENOENT') throw err;
  }
}

/** Runs `work` while holding the lock; waits for another holder. */
export async function withLock(file, work) {
  for (;;) {
    const lock = tryLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    await sleep(200);
  }
}
