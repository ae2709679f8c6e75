import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';
import type { Roll } from './roll.ts';
import type { World } from './world.ts';

interface Operation {
  operation: string;
}

interface OperationView {
  state: 'waiting' | 'running' | 'paused' | 'cancelled' | 'finished';
  done: number;
  refused: number;
  refusals: Record<string, number>;
}

export interface BulkResult {
  done: number;
  refused: number;
  refusals: Record<string, number>;
}

const NOTHING: BulkResult = { done: 0, refused: 0, refusals: {} };
const LOOK_EVERY_MS = 250;

type Kind = 'apply' | 'audit' | 'sign_off';

/** Bulk work over pathways, watched until it is finished. */
export async function runOperation(
  { rest }: World,
  client: Client,
  { kind, pathwayIds }: { kind: Kind; pathwayIds: string[] },
): Promise<BulkResult> {
  if (pathwayIds.length === 0) return NOTHING;
  const { operation } = await client.post<Operation>('/v1/operations', { kind, pathwayIds });
  for (;;) {
    const { state, done, refused, refusals } = await client.get<OperationView>(`/v1/operations/${operation}`);
    if (state === 'finished') {
      await rest();
      return { done, refused, refusals };
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** The certification officer signs everything that has come through its public notice. */
export async function signOffReady(world: World): Promise<BulkResult> {
  const { officer } = world.people;
  return runOperation(world, officer, { kind: 'sign_off', pathwayIds: await pathwaysAt(officer, 'sign_off') });
}

interface Listed {
  pathways: { id: string; stage: string | null }[];
}

async function pathwaysAt(client: Client, stage: string): Promise<string[]> {
  const students = await client.list<Listed>(`/v1/students?stage=${stage}`);
  return students.flatMap(({ pathways }) => pathways.filter((one) => one.stage === stage).map(({ id }) => id));
}

/** Whoever applies for this level in this term. */
export function applicantsOf({ acts, roll }: Pick<World, 'acts'> & { roll: Roll }, term: number): string[] {
  return acts.applications
    .filter((application) => application.term === term)
    .map(({ studentNo, level }) => roll.get(studentNo)?.pathways[level === 'four' ? 'four' : 'three'] ?? '')
    .filter((id) => id !== '');
}

/** Moves the college's clock. Cases see the new day on their own time: what follows at once wakes them together with it. */
export async function moveClock({ people }: World, to: { days: number } | 'next_term'): Promise<string> {
  const move = to === 'next_term' ? { to } : { to: 'days', days: to.days };
  const { today } = await people.registrar.post<{ today: string }>('/v1/college/clock', { ...move, reason: '演示' });
  return today;
}

const DAY_MS = 24 * 3_600_000;

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
