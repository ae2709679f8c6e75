// npm run fuzz:rules: the generated tests of this folder with a fresh seed, fifty times over (10⁶ cases and more).
// FUZZ_SEED and FUZZ_TIMES override; a counterexample prints what is needed to see it again.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const seed = process.env.FUZZ_SEED ?? String(randomInt(2 ** 31));
const times = process.env.FUZZ_TIMES ?? '50';
console.log(`FUZZ_SEED=${seed} FUZZ_TIMES=${times}`);
const files = ['evaluators', 'checker', 'grammar-fuzz', 'canonical', 'analysis', 'analysis-slips', 'difference'];
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', ...files.map((name) => `tests/rules/${name}.test.ts`), '--testTimeout=7200000'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_SEED: seed, FUZZ_TIMES: times },
  },
);
process.exitCode = status ?? 1;
