import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../register/register.ts';

export interface HashCost {
  memoryKiB: number;
  passes: number;
}

/** OWASP's argon2id: 19 MiB, two passes, about 70 ms. */
const STANDARD: HashCost = { memoryKiB: 19_456, passes: 2 };
const AT_ONCE = 2;

/** At most two at once: the database driver shares the threads hashing runs on. */
export function createPasswordHasher({ memoryKiB, passes }: HashCost = STANDARD): PasswordHasher {
  // argon2id is the library's default
  const options = { memoryCost: memoryKiB, timeCost: passes, parallelism: 1 };
  const turn = turns(AT_ONCE);
  return {
    hash: (password) => turn(() => hash(password.normalize('NFC'), options)),
    verify: (phc, password) => turn(() => verify(phc, password.normalize('NFC'))),
  };
}

type Turn = <T>(work: () => Promise<T>) => Promise<T>;

function turns(most: number): Turn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // whoever is woken takes over the place of the one that ended
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
