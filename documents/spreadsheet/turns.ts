import { Problem } from '../../schemas/problem.ts';

const AT_ONCE = 2;
const IN_LINE = 16;
let running = 0;
const line: (() => void)[] = [];

/** Two files at a time; a few wait, the rest are told to come back. Gives the function that ends one's turn. */
export async function takeTurn(): Promise<() => void> {
  if (running < AT_ONCE) running += 1;
  else if (line.length >= IN_LINE) throw new Problem('busy');
  else await new Promise<void>((resolve) => line.push(resolve)); // the turn is handed over, so `running` stays
  let over = false;
  return () => {
    if (over) return;
    over = true;
    const next = line.shift();
    if (next) next();
    else running -= 1;
  };
}
