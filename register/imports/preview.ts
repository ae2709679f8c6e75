import { createHash } from 'node:crypto';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { AnyKind, Around, Checked, ImportOptions, Row } from './kind.ts';
import { without } from './look-up.ts';

type AnyRow = Row<Record<string, unknown>>;

export interface Preview {
  good: AnyRow[];
  checked: Checked<unknown>;
  faults: RowFault[];
  warnings: RowFault[];
}

const MOST_ROUNDS = 10;

/** Checks rows, leaves the faulty ones out and checks again, until what is left can be written as it stands. */
export async function previewRows(kind: AnyKind, around: Around, rows: readonly AnyRow[]): Promise<Preview> {
  let good = [...rows];
  const faults: RowFault[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const checked = await kind.check(around, good);
    if (checked.faults.length === 0) return { good, checked, faults, warnings: checked.warnings };
    faults.push(...checked.faults);
    good = without(good, checked.faults);
  }
  const checked = await kind.check(around, []);
  return { good: [], checked, faults, warnings: [] };
}

interface Previewed {
  kind: ImportKind;
  fileHash: string;
  options: ImportOptions;
  /** The good rows as they are kept. */
  texts: readonly string[];
  versions: unknown;
}

/** Over the rows, the options and everything of the register the outcome rests on: what a commit has to name. */
export function previewHash({ kind, fileHash, options, texts, versions }: Previewed): string {
  const hash = createHash('sha256');
  hash.update(canonicalJson({ kind, fileHash, options, versions: plain(versions) }), 'utf8');
  for (const text of texts) hash.update(text, 'utf8');
  return `sha256:${hash.digest('hex')}`;
}

/** Undefined becomes null, as JSON has it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
