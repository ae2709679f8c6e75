import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoFiles } from '../demo/college/files.ts';
import { DEFAULT_SIZE } from '../demo/college/students.ts';

const LARGEST = 60_000;

/** Writes the workbooks of an example college: `npm run demo -- [--students N] [--classes K] [--out DIR] [--seed S]`. */
function main(): void {
  const { values } = parseArgs({
    options: {
      students: { type: 'string' },
      classes: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const students = countOf(values.students, { name: 'students', fallback: DEFAULT_SIZE.students });
  const classes = countOf(values.classes, { name: 'classes', fallback: Math.max(1, Math.ceil(students / 50)) });
  const out = values.out ?? join('demo', 'workbooks');
  mkdirSync(out, { recursive: true });
  for (const { name, bytes } of demoFiles({ students, classes, seed: values.seed ?? DEFAULT_SIZE.seed })) {
    writeFileSync(join(out, name), bytes);
    process.stdout.write(`${join(out, name)}  ${bytes.length}\n`);
  }
}

function countOf(text: string | undefined, { name, fallback }: { name: string; fallback: number }): number {
  const count = text === undefined ? fallback : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST) return count;
  throw new Error(`--${name} 应为 1 至 ${LARGEST} 的整数 · --${name} must be a whole number from 1 to ${LARGEST}`);
}

main();
