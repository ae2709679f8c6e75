import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Register } from '../../register/register.ts';
import type { System } from '../lib/system.ts';
import { runningCases } from './counts.ts';
import type { Standing } from './roll.ts';
import { keyOf } from './roll.ts';

interface Lost {
  system: System;
  register: Register;
  readAll(): Promise<Standing[]>;
  rest(since?: string): Promise<void>;
}

export interface Rebuilt {
  openCases: number;
  seconds: number;
  breaches: string[];
}

const PATIENCE_MS = 120_000;

/** Deletes Temporal's store while nothing runs on it, starts it again, and compares where every pathway stands. */
export async function loseTemporal({ system, register, readAll, rest }: Lost): Promise<Rebuilt> {
  const before = await readAll();
  const file = system.temporalFile;
  if (file === null) throw new Error('only the embedded Temporal can be lost');
  const began = performance.now();
  const lostAt = new Date().toISOString();
  await system.stopChild('temporal');
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  await system.startChild('temporal');
  await system.settled(PATIENCE_MS);
  const without = await casesWithoutWorkflow(system, register);
  await rest(lostAt);
  const seconds = (performance.now() - began) / 1000;
  const after = new Map((await readAll()).map((one) => [keyOf(one), one]));
  const moved = before.flatMap((was) => {
    const is = after.get(keyOf(was));
    const same = is && is.stage === was.stage && is.verdict === was.verdict;
    return same
      ? []
      : [`rebuild: ${keyOf(was)} stood at ${was.stage} (${was.verdict}), now ${is?.stage} (${is?.verdict})`];
  });
  const missing = without.missing.map((id) => `rebuild: open case ${id} has no workflow`);
  return { openCases: without.open, seconds, breaches: [...missing, ...moved] };
}

async function casesWithoutWorkflow(system: System, register: Register): Promise<{ open: number; missing: string[] }> {
  const place = { address: system.temporalAddress, namespace: system.env.TEMPORAL_NAMESPACE ?? '' };
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const open: string[] = await register.db
      .reader('case_watch')
      .where({ workflow_type: 'studentPathway' })
      .whereNull('ended_at')
      .pluck('case_id');
    const running = await runningCases(place).catch(() => new Set<string>());
    const missing = open.filter((id) => !running.has(id));
    if (missing.length === 0 || performance.now() > until) return { open: open.length, missing };
    await pause(500);
  }
}
