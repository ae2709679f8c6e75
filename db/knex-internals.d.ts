/** Internal files of Knex 3.3.0, pinned; tests/db/sqlite.test.ts is the contract. */
declare module 'knex/lib/dialects/sqlite3/index.js' {
  import type { Knex } from 'knex';

  export default class Client {
    constructor(config: Knex.Config);
    transaction(...args: unknown[]): object;
    _query(connection: unknown, sent: object): Promise<unknown>;
    destroyRawConnection(connection: unknown): Promise<unknown>;
  }
}

declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  export default class Transaction {
    constructor(client: unknown, ...rest: unknown[]);
    readonly trxClient: { query(connection: unknown, sql: string): Promise<unknown> };
    _completed: boolean;
    _resolver: (value: unknown) => void;
    query(connection: unknown, sql: string): Promise<unknown>;
    begin(connection: unknown): Promise<unknown>;
    commit(connection: unknown, value: unknown): Promise<unknown>;
  }
}
