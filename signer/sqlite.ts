import sqlite3 from 'sqlite3';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** The few calls the ledger needs, as promises. */
export interface Sqlite {
  exec(sql: string): Promise<void>;
  run(sql: string, values: readonly Value[]): Promise<void>;
  all(sql: string, values?: readonly Value[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openSqlite(filename: string): Promise<Sqlite> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(filename, (error) => (error ? reject(error) : resolve(opened)));
  });
  const settle = (start: (done: (error: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  return {
    exec: (sql) => settle((done) => db.exec(sql, done)),
    run: (sql, values) => settle((done) => db.run(sql, values, done)),
    all: (sql, values = []) =>
      new Promise((resolve, reject) =>
        db.all<Row>(sql, values, (error, rows) => (error ? reject(error) : resolve(rows))),
      ),
    close: () => settle((done) => db.close(done)),
  };
}
