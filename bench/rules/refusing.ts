import { lintRuleset } from '../../rules/dialect.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';
import { catalogues } from './documents.ts';
import { hostileDocuments } from './hostile.ts';

const TIMES = 5;

/** What saving a text answers: the faults of its reading, or those of its lint. */
export function faultsOf(text: string): readonly Fault[] {
  try {
    return lintRuleset(parseStrictJson(text), catalogues);
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
}

/** How long it takes to refuse each malicious document. */
export function benchRefusing(): Figure[] {
  return hostileDocuments.map(({ name, text, fault }) => {
    const given = text();
    const spent = Array.from({ length: TIMES }, () => {
      const began = process.cpuUsage();
      const faults = faultsOf(given);
      if (!faults.some(({ code }) => code === fault)) throw new Error(`${name}: not refused for ${fault}`);
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    });
    const against = `${name}: ${fault}, ${Math.ceil(given.length / 1024)} KiB, the slowest of ${TIMES} in CPU time`;
    return figure({ name: 'refuse_hostile_document', value: Math.max(...spent), unit: 'ms', atMost: 200, against });
  });
}
