export type Dialect = 'sqlite' | 'postgres';

/** What a migration may do. Everything runs in one transaction; see sql.ts for the shared SQL. */
export interface Migration {
  readonly dialect: Dialect;
  /** Statements of the shared SQL, each ended by `;` at the end of a line. */
  run(sql: string): Promise<void>;
  /** One statement as it stands, in the dialect at hand. */
  statement(sql: string): Promise<void>;
}

/** One step, named without file ending: by file name, sources and build would be different migrations. */
export interface MigrationStep {
  readonly name: string;
  up(m: Migration): Promise<void>;
}
