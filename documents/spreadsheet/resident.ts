import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a process holds in memory, in bytes; 0 if it has gone or the system does not say. */
export async function residentBytes(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  if (process.platform === 'linux') return fromProc(pid);
  return process.platform === 'win32' ? 0 : fromPs(pid);
}

async function fromProc(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function fromPs(pid: number): Promise<number> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (err, out) =>
      resolve(err ? 0 : (Number(out.trim()) || 0) * 1024),
    );
  });
}
