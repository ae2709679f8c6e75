import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildName } from '../lib/system-options.ts';
import type { System } from '../lib/system.ts';

export interface Kills {
  count: number;
  seed: string;
}

export interface Killer {
  /** How many have fallen, by process. */
  fallen: Readonly<Record<string, number>>;
  /** Lets this share of all kills happen by now, so that no part of the journey is spared. */
  allow(share: number): void;
  stop(): Promise<void>;
}

const VICTIMS: readonly ChildName[] = ['api', 'worker', 'signer', 'temporal'];
const SHORTEST_GAP_MS = 300;
const LONGEST_GAP_MS = 2200;

/** SIGKILL for a random process that serves, at random moments; the seed fixes victims and gaps. */
export function startKiller(system: System, { count, seed }: Kills): Killer {
  const fallen: Record<string, number> = {};
  const stopping = new AbortController();
  let killed = 0;
  let allowed = 0;
  const random = randomFrom(seed);
  const hunt = async (): Promise<void> => {
    while (killed < count && !stopping.signal.aborted) {
      await pause(SHORTEST_GAP_MS + random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS), undefined, {
        signal: stopping.signal,
      }).catch(() => undefined);
      const victim = nextVictim(system, random());
      if (killed >= allowed || victim === undefined || stopping.signal.aborted) continue;
      system.kill(victim);
      killed += 1;
      fallen[victim] = (fallen[victim] ?? 0) + 1;
    }
  };
  const hunting = hunt();
  return {
    fallen,
    allow: (share) => {
      allowed = Math.ceil(count * share);
    },
    stop: async () => {
      stopping.abort();
      await hunting;
    },
  };
}

function nextVictim({ children }: System, draw: number): ChildName | undefined {
  const start = Math.floor(draw * VICTIMS.length);
  const order = [...VICTIMS.slice(start), ...VICTIMS.slice(0, start)];
  return order.find((name) => children.get(name)?.isReady);
}

/** Numbers from 0 to 1 that a seed repeats. */
function randomFrom(seed: string): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}
