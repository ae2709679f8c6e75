import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSqlite } from '../../db/sqlite.ts';
import type { SignerRecord } from '../../register/check/check.ts';
import type { LedgerEntry, Signer, SignerKey } from '../../schemas/signer.ts';

/** The signer's keys and ledger: from the signer where it runs, else from a copy of its file. Null where nothing was ever signed. */
export async function signerRecord(
  signer: Signer,
  { keysFolder, ledgerFile }: { keysFolder: string; ledgerFile: string },
): Promise<SignerRecord | null> {
  const readAt = new Date().toISOString();
  const keys = await signer.publicKeys().catch(() => null);
  if (keys !== null) return { readAt, keys, entries: await pages((after) => signer.ledgerEntries(after)) };
  if (!existsSync(ledgerFile)) return null;
  return { readAt, keys: publicParts(keysFolder), entries: await entriesOfCopy(ledgerFile) };
}

const columns = {
  seq: 'entries.seq',
  number: 'number',
  certificateId: 'certificate_id',
  decisionId: 'decision_id',
  seriesId: 'series_id',
  serial: 'serial',
  payloadHash: 'payload_hash',
  recordedAt: 'recorded_at',
  kid: 'kid',
  signature: 'signature',
  signedAt: 'signed_at',
} satisfies Record<keyof LedgerEntry, string>;

/** The ledger is open to one process only and is changed by opening it; so the original is left alone. */
async function entriesOfCopy(file: string): Promise<LedgerEntry[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  try {
    for (const end of ['', '-wal'])
      if (existsSync(file + end)) copyFileSync(file + end, join(folder, `ledger.db${end}`));
    const ledger = connectSqlite(join(folder, 'ledger.db'), 'write');
    try {
      return await ledger('entries')
        .leftJoin('signatures', 'signatures.seq', 'entries.seq')
        .orderBy('entries.seq')
        .select(columns);
    } finally {
      await ledger.destroy();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pages(read: (after: number) => Promise<LedgerEntry[]>): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await read(entries.at(-1)?.seq ?? 0);
    if (page.length === 0) return entries;
    entries.push(...page);
  }
}

function publicParts(folder: string): SignerKey[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.key') && name.length > 40)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SignerKey)
    .map(({ kid, alg, x, notBefore }) => ({ kid, alg, x, notBefore }));
}
