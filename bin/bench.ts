import { parseArgs } from 'node:util';
import { coreBench } from '../bench/core.ts';
import { rulesBench } from '../bench/rules.ts';
import type { Bench, Figure } from '../bench/figure.ts';

const groups: readonly Bench[] = [coreBench, rulesBench];

/** `npm run bench [-- <group>] [--only <name>] [--json]`: one JSON line a figure; what goes on meanwhile is said on stderr. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const chosen = groups.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (chosen.length === 0)
    throw new Error(`there is no such group; there are: ${groups.map(({ name }) => name).join(', ')}`);
  const say = (line: string): void => void (values.json || process.stderr.write(`· ${line}\n`));
  const print = (figure: Figure): void => void process.stdout.write(`${JSON.stringify(figure)}\n`);
  for (const { run } of chosen) await run({ say, print, ...(values.only === undefined ? {} : { only: values.only }) });
}

await main();
