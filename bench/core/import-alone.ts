import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openRegister } from '../../bin/compose.ts';
import { stepsAs } from '../../demo/seed/step.ts';
import { residentBytes } from '../../documents/spreadsheet/resident.ts';
import { secondsSince } from '../figure.ts';
import { commit, dryRun } from './large-cohort.ts';

/** What one import cost, in a process that did nothing else. */
export interface ImportCost {
  rows: number;
  dryRunSeconds: number;
  commitSeconds: number;
}

interface Task {
  dataDir: string;
  file: string;
  college: string;
  registrar: string;
}

const SAMPLE_EVERY_MS = 50;

/** Runs the import in a process of its own, and watches how much memory that process holds at most. */
export async function importAlone(task: Task): Promise<ImportCost & { peakBytes: number }> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(task)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let peakBytes = 0;
  const scales = setInterval(() => {
    void residentBytes(child.pid).then((bytes) => {
      peakBytes = Math.max(peakBytes, bytes);
    });
  }, SAMPLE_EVERY_MS);
  try {
    const cost = await new Promise<ImportCost>((resolve, reject) => {
      child.once('message', (message) => resolve(message as ImportCost)); // sent by the lines below
      child.once('exit', (code) => reject(new Error(`the import ended with ${code}`)));
    });
    return { ...cost, peakBytes };
  } finally {
    clearInterval(scales);
  }
}

async function main(task: Task): Promise<void> {
  const { register, close } = await openRegister({ DATA_DIR: task.dataDir }, 'bench-import');
  const step = stepsAs(task.registrar, task.college, 'registrar');
  const began = performance.now();
  const staged = await dryRun({ register, step }, task.file);
  const dryRunSeconds = secondsSince(began);
  const again = performance.now();
  await commit({ register, step }, staged);
  const commitSeconds = secondsSince(again);
  process.send?.({ rows: staged.rows, dryRunSeconds, commitSeconds } satisfies ImportCost);
  await close();
  process.disconnect?.();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(JSON.parse(process.argv[2] ?? '') as Task);
