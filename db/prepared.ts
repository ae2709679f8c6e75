/** A statement of the sqlite3 driver, prepared once and run often. */
export interface Statement {
  run(bindings: readonly unknown[], done: (this: RunResult, error: Error | null) => void): void;
  all(bindings: readonly unknown[], done: (error: Error | null, rows: unknown[]) => void): void;
  finalize(done?: () => void): void;
}

interface RunResult {
  lastID: number;
  changes: number;
}

export interface Preparing {
  prepare(sql: string, done: (error: Error | null) => void): Statement;
}

const MOST_KEPT = 300;
/** Statements with a list of values in them come once each; so do the long ones. */
const LONGEST_KEPT = 3000;

type Kept = Map<string, Promise<Statement> | Statement>;
const keptBy = new WeakMap<object, Kept>();

/**
 * The driver prepares each statement anew, a round through its threads before the one that runs it. Here a connection keeps the ones
 * it uses, the least lately used given up first. Null for a text not worth keeping.
 */
export function statementOf(connection: Preparing, sql: string): Promise<Statement> | Statement | null {
  if (sql.length > LONGEST_KEPT) return null;
  const kept: Kept = keptBy.get(connection) ?? new Map();
  keptBy.set(connection, kept);
  const known = kept.get(sql);
  if (known) kept.delete(sql); // to the end of the line
  const statement = known ?? prepare(connection, kept, sql);
  kept.set(sql, statement);
  if (kept.size > MOST_KEPT) giveUpOldest(kept);
  return statement;
}

function prepare(connection: Preparing, kept: Kept, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error) => {
      if (error) {
        kept.delete(sql);
        reject(error);
        return;
      }
      if (kept.has(sql)) kept.set(sql, statement);
      resolve(statement);
    });
  });
}

function giveUpOldest(kept: Kept): void {
  const [oldest] = kept;
  if (!oldest) return;
  const [sql, statement] = oldest;
  kept.delete(sql);
  // the driver ends it after the uses that wait for it
  if (statement instanceof Promise)
    statement.then(
      (made) => made.finalize(),
      () => {},
    );
  else statement.finalize();
}

/** Before a connection closes: SQLite refuses to close with statements left. */
export async function giveUpAll(connection: object): Promise<void> {
  const kept = keptBy.get(connection);
  keptBy.delete(connection);
  for (const statement of kept?.values() ?? []) {
    const made = await Promise.resolve(statement).catch(() => null);
    await new Promise<void>((resolve) => (made ? made.finalize(resolve) : resolve()));
  }
}
