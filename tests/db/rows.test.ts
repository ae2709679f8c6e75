import { expect, test } from 'vitest';
import { insertRows } from '../../db/rows.ts';
import { connectSqlite } from '../../db/sqlite.ts';

const texts = ['学生', '', "it's", '"quoted"', '\\u0000', 'a\nb\tc', '\u{20bb7}', '2026', 'null', '[1]'];

async function storedAs(values: readonly (string | number | null | undefined)[]): Promise<unknown[]> {
  const knex = connectSqlite(':memory:', 'memory');
  try {
    await knex.raw('CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT, number INTEGER) STRICT');
    await knex.transaction((tx) =>
      insertRows(
        tx,
        'things',
        values.map((value, id) => ({
          id,
          text: typeof value === 'string' ? value : null,
          number: typeof value === 'number' ? value : undefined,
        })),
      ),
    );
    const rows: { text: string | null; number: number | null }[] = await knex('things').orderBy('id');
    return rows.map(({ text, number }) => text ?? number);
  } finally {
    await knex.destroy();
  }
}

test('texts, numbers and nothing come back as they were', async () => {
  const values = [...texts, 0, -1, Number.MAX_SAFE_INTEGER, null];
  expect(await storedAs(values)).toEqual(values);
});

test('a NUL within a text does not cut it', async () => {
  expect(await storedAs(['before\u0000after', ...texts])).toEqual(['before\u0000after', ...texts]);
});

test('twelve thousand rows come in order, none lost between pages', async () => {
  const values = Array.from({ length: 12_000 }, (_, n) => `row ${n}`);
  expect(await storedAs(values)).toEqual(values);
  expect(await storedAs([...values, '\u0000'])).toEqual([...values, '\u0000']);
});
