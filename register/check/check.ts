import type { Database } from '../../db/open.ts';
import type { Tx } from '../../db/tx.ts';
import type { LedgerEntry, SignerKey } from '../../schemas/signer.ts';
import type { Text } from '../../schemas/text.ts';

/** What the signer has on its own record, read without the register. */
export interface SignerRecord {
  /** System time before it was read: what was signed later is not in it. */
  readAt: string;
  keys: readonly SignerKey[];
  entries: readonly LedgerEntry[];
}

/** Files of the deployment that hold one of these texts, with how many files were looked at. */
export type FindInFiles = (texts: ReadonlySet<string>) => Promise<{ files: number; found: string[] }>;

export interface Ground {
  db: Database;
  /** One snapshot for all checks. */
  tx: Tx;
  /** Null where there is no ledger yet: a deployment that has signed nothing. */
  signer: SignerRecord | null;
  findInFiles: FindInFiles;
  /** System time. */
  now: string;
}

export interface Finding {
  /** How many rows, files or objects were looked at. */
  checked: number;
  breaches: number;
  /** The first thing wrong: which row, and what about it. */
  first: { row: string; what: string } | null;
}

/** An invariant of reliability.md §8. */
export interface Check {
  id: string;
  title: Text;
  run(ground: Ground): Promise<Finding>;
}

export interface Tally {
  finding: Finding;
  /** One more thing looked at; `what` says what is wrong with it, if anything. */
  look(row: string, what: string | null | undefined | false): void;
}

export function tally(): Tally {
  const finding: Finding = { checked: 0, breaches: 0, first: null };
  const look = (row: string, what: string | null | undefined | false): void => {
    finding.checked += 1;
    if (!what) return;
    finding.breaches += 1;
    finding.first ??= { row, what };
  };
  return { finding, look };
}

export const check = (id: string, [zh, en]: readonly [string, string], run: Check['run']): Check => ({
  id,
  title: { 'zh-CN': zh, en },
  run,
});

const PAGE = 2000;

export interface Row {
  id: string;
  [column: string]: unknown;
}

/** All rows of a table in order of id, a page at a time. */
export async function* everyRow(tx: Tx, table: string): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows: Row[] = await tx(table).where('id', '>', after).orderBy('id').limit(PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}
