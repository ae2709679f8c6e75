import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Problem } from '../../schemas/problem.ts';
import { readImport, readWorkbook } from '../../documents/spreadsheet/read.ts';
import { students, workbook } from '../documents/workbooks.ts';
import type { HostileFile } from './zip.ts';

const LONGEST = 20_000;
const names = readdirSync(new URL('spreadsheets/', import.meta.url)).sort();
const cases = await Promise.all(
  names.map(async (name) => ({
    name,
    ...((await import(`./spreadsheets/${name.replace(/\.ts$/, '')}.ts`)) as { hostile: HostileFile }).hostile,
  })), // every file of the folder has this form
);

/** The code of a refusal, or what else went wrong. */
async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'read';
  } catch (err) {
    return err instanceof Problem && err.code === 'spreadsheet_refused' ? (err.errors[0]?.code ?? '') : String(err);
  }
}

test.each(cases)('$name: $title', async ({ make, kind, limits = {}, refused, faults, rows, dropped }) => {
  const file = make();
  const before = process.memoryUsage.rss();
  const started = performance.now();
  if (refused !== undefined) {
    expect(await refusalOf(kind ? readImport(file, kind, { limits }) : readWorkbook(file, { limits }))).toBe(refused);
  } else {
    const parsed = await readImport(file, kind ?? 'students');
    const found = parsed.faults.map(({ row, column, code }) => `${row}${column} ${code}`);
    expect(found.slice(0, faults?.length ?? 0)).toEqual(faults ?? []);
    if (!faults) expect(found).toEqual([]);
    if (rows !== undefined) expect(parsed.rows).toHaveLength(rows);
    if (dropped !== undefined) expect(parsed.dropped).toBe(dropped);
  }
  expect(performance.now() - started).toBeLessThan(LONGEST);
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
});

test('a child that takes too long is killed', async () => {
  expect(await refusalOf(readWorkbook(workbook(students(5000)), { limits: { millis: 100 } }))).toBe('reading_too_slow');
});

test('a child that takes too much memory is killed', async () => {
  expect(await refusalOf(readWorkbook(workbook(students(15_000)), { limits: { memoryBytes: 90 * 1024 * 1024 } }))).toBe(
    'reading_too_heavy',
  );
});

test('whoever goes away takes the child along', async () => {
  const gone = new AbortController();
  const reading = readWorkbook(workbook(students(5000)), { signal: gone.signal });
  gone.abort();
  await expect(reading).rejects.toThrow();
});

test('many files at once wait their turn, and the surplus is told to come back', async () => {
  const file = workbook(students(2));
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => readWorkbook(file)));
  const refused = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }) => (reason as Problem).code);

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
  expect(new Set(refused)).toEqual(new Set(['busy']));
});

test('bytes changed at random give a reading or a refusal, never anything else', async () => {
  const seed = 20_260_901;
  console.log(`seed ${seed}`);
  const random = generator(seed);
  const originals = [
    workbook(students(20)),
    workbook(students(20), 'biff8'),
    Buffer.from(`<table>${'<tr><td>1</td></tr>'.repeat(50)}</table>`),
  ];
  for (let round = 0; round < 45; round += 1) {
    const file = Buffer.from(originals[round % 3] ?? []);
    for (let i = 0; i < 1 + random() * 20; i += 1)
      file[Math.floor(random() * file.length)] = Math.floor(random() * 256);
    expect(await refusalOf(readImport(file, 'students')), `round ${round}`).toMatch(/^[a-z]+(_[a-z]+)*$/);
  }
}, 120_000);

/** mulberry32: the same numbers from the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
