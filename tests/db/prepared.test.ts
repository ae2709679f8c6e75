import { expect, test } from 'vitest';
import type { Knex } from 'knex';
import { connectSqlite } from '../../db/sqlite.ts';

async function withMemory(work: (knex: Knex) => Promise<void>): Promise<void> {
  const knex = connectSqlite(':memory:', 'memory');
  try {
    await knex.raw('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
    await work(knex);
  } finally {
    await knex.destroy(); // fails while a statement is left
  }
}

test('the same statement again answers from what is there now', () =>
  withMemory(async (knex) => {
    for (let n = 1; n <= 3; n += 1) {
      await knex('notes').insert({ text: `note ${n}` });
      expect(await knex('notes').count({ n: '*' })).toEqual([{ n }]);
    }
  }));

test('each of many at once is told its own row and its own count', () =>
  withMemory(async (knex) => {
    await knex.transaction(async (tx) => {
      const inserted = await Promise.all(Array.from({ length: 20 }, (_, n) => tx('notes').insert({ text: `${n}` })));
      expect(inserted.flat()).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      const change = (from: number) => tx('notes').where('id', '>', from).update({ text: 'x' });
      expect(await Promise.all([0, 5, 20].map(change))).toEqual([20, 15, 0]);
    });
  }));

test('a refused statement is refused each time, and runs once it may', () =>
  withMemory(async (knex) => {
    const read = () => knex.raw('SELECT count(*) AS n FROM later');
    for (let n = 0; n < 2; n += 1) await expect(read()).rejects.toThrow('no such table');
    await expect(Promise.all([read(), read()])).rejects.toThrow('no such table');
    await knex.raw('CREATE TABLE later (id INTEGER) STRICT');
    expect(await read()).toEqual([{ n: 0 }]);
  }));

test('a row refused by a constraint leaves the statement usable', () =>
  withMemory(async (knex) => {
    await knex('notes').insert({ id: 1, text: 'one' });
    await expect(knex('notes').insert({ id: 1, text: 'again' })).rejects.toThrow('UNIQUE');
    await knex('notes').insert({ id: 2, text: 'two' });
    expect(await knex('notes').orderBy('id').pluck('text')).toEqual(['one', 'two']);
  }));

test('a statement that named all columns sees a new one', () =>
  withMemory(async (knex) => {
    const all = () => knex.raw('SELECT * FROM notes');
    await knex('notes').insert({ text: 'one' });
    expect(await all()).toEqual([{ id: 1, text: 'one' }]);
    await knex.raw('ALTER TABLE notes ADD COLUMN kind TEXT');
    expect(await all()).toEqual([{ id: 1, text: 'one', kind: null }]);
  }));

test('more different statements than are kept all answer, and the connection closes', () =>
  withMemory(async (knex) => {
    const numbers = Array.from({ length: 700 }, (_, n) => n);
    for (const n of numbers) expect(await knex.raw(`SELECT ${n} AS n`)).toEqual([{ n }]);
    const together = await Promise.all(numbers.map((n) => knex.raw(`SELECT ${n} AS n`)));
    expect(together.flat()).toEqual(numbers.map((n) => ({ n })));
  }));
