import { setTimeout as pause } from 'node:timers/promises';
import type { System } from '../../bin/lib/system.ts';
import { residentBytes } from '../../documents/spreadsheet/resident.ts';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';

const CALM_MS = 8000;

/** What each process holds when nobody asks anything of it; no aim, a figure to watch. */
export async function benchIdle({ children }: System): Promise<Figure[]> {
  await pause(CALM_MS);
  const figures = [];
  for (const [name, { pid }] of children) {
    const value = (await residentBytes(pid)) / 1024 ** 2;
    figures.push(
      figure({
        name: `idle_memory_${name}`,
        value,
        unit: 'MB',
        against: `resident, ${CALM_MS / 1000} s after the start`,
      }),
    );
  }
  return figures;
}
