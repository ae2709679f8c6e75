import { Problem } from '../schemas/problem.ts';
import type { Tx } from './tx.ts';

const STRONG_ETAG = /^"(\d{1,15})"$/;

/** The strong ETag of a mutable row. */
export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

/** Refuses a change made on another version than the one in force; without a version none may be made at all. */
export function expectVersion(row: { version: number }, ifMatch: string | undefined): void {
  if (ifMatch === undefined) throw new Problem('precondition_required');
  const seen = STRONG_ETAG.exec(ifMatch)?.[1];
  if (seen === undefined || Number(seen) !== row.version) {
    throw new Problem('version_mismatch', [], { version: row.version });
  }
}

/** Changes one row if it still has the version read before; returns the new version. */
export async function updateVersioned(
  tx: Tx,
  table: string,
  { id, version, patch }: { id: string; version: number; patch: Readonly<Record<string, unknown>> },
): Promise<number> {
  const changed: number = await tx(table)
    .where({ id, version })
    .update({ ...patch, version: version + 1 });
  if (changed === 1) return version + 1;
  const row = await tx(table).where({ id }).first<{ version: number } | undefined>('version');
  if (row === undefined) throw new Problem('not_found');
  throw new Problem('version_mismatch', [], { version: row.version });
}
