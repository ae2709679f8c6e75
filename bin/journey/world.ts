import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Acts } from '../../demo/acts.ts';
import { readActs } from '../../demo/acts.ts';
import type { Register } from '../../register/register.ts';
import type { Composition } from '../compose.ts';
import { openRegister } from '../compose.ts';
import type { System } from '../lib/system.ts';
import type { Acknowledged } from './client.ts';
import type { People } from './people.ts';
import { signInAll } from './people.ts';
import { untilQuiet } from './quiet.ts';
import type { Roll } from './roll.ts';

export interface Term {
  id: string;
  code: string;
  startsOn: string;
  endsOn: string;
}

/** Everything the steps of the journey share. */
export interface World {
  system: System;
  /** Read beside the running system, to see when it rests and what it holds; every change goes through the API. */
  register: Register;
  collegeId: string;
  people: People;
  folder: string;
  acts: Acts;
  acknowledged: Acknowledged[];
  roll: Roll;
  /** Course ids by code. */
  courses: ReadonlyMap<string, string>;
  /** Terms of the cohort by number, 1 to 6. */
  terms: ReadonlyMap<number, Term>;
  /** Waits until the conductor rests, every open case having been looked at since the instant given. */
  rest(since?: string): Promise<void>;
  close(): Promise<void>;
}

interface College {
  id: string;
  terms: Term[];
}

const FIRST_TERM = '2023-2024-1';

export async function openWorld(
  system: System,
  { dataDir, folder, patienceMs }: { dataDir: string; folder: string; patienceMs: number },
): Promise<World> {
  const composition: Composition = await openRegister({ ...process.env, ...system.env }, 'journey');
  const { register } = composition;
  const acknowledged: Acknowledged[] = [];
  const onAcknowledged = (write: Acknowledged): void => void acknowledged.push(write);
  const people = await signInAll(dataDir, { url: system.url, patienceMs, onAcknowledged });
  const college = await people.registrar.get<College>('/v1/college');
  const start = college.terms.findIndex(({ code }) => code === FIRST_TERM);
  return {
    system,
    register,
    collegeId: college.id,
    people,
    folder,
    acts: readActs(folder),
    acknowledged,
    roll: new Map(),
    courses: new Map(),
    terms: new Map(college.terms.slice(start).map((term, index) => [index + 1, term])),
    rest: (since = '') => untilQuiet({ register, collegeId: college.id, patienceMs, since }),
    close: composition.close,
  };
}

export const hasFile = ({ folder }: World, name: string): boolean => existsSync(join(folder, name));
