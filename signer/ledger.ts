import type { Certificate } from '../schemas/certificate.ts';
import type { CertificateSignature, LedgerEntry, LedgerSummary } from '../schemas/signer.ts';
import { APPLICATION_ID, LEDGER_SCHEMA, PRAGMAS, USER_VERSION } from './ledger-schema.ts';
import { openSqlite } from './sqlite.ts';
import type { Row, Sqlite } from './sqlite.ts';

export const PAGE = 500;

export interface Known {
  seq: number;
  payloadHash: string;
  /** What the asked payload has in common with the known one, e.g. `number`. */
  shared: string[];
  signature: CertificateSignature | null;
}

export interface Alarm {
  code: string;
  payload: Certificate;
  payloadHash: string;
  knownSeq: number | null;
  at: string;
}

export interface Ledger {
  /** Entries that share anything with this payload that must be unique. */
  find(payload: Certificate): Promise<Known[]>;
  record(entry: { payload: Certificate; payloadHash: string; at: string }): Promise<number>;
  storeSignature(seq: number, signature: CertificateSignature): Promise<void>;
  raise(alarm: Alarm): Promise<void>;
  countSince(instant: string): Promise<number>;
  summary(): Promise<Omit<LedgerSummary, 'lastHour' | 'hourlyLimit'>>;
  entries(after: number): Promise<LedgerEntry[]>;
  close(): Promise<void>;
}

export async function openLedger(filename: string): Promise<Ledger> {
  const db = await openSqlite(filename);
  await prepare(db).catch((error: Error) => {
    if (!error.message.startsWith('SQLITE_BUSY')) throw error;
    throw new Error(`${filename}: 另一个签名程序正在使用此台账。Another signer is using this ledger.`);
  });
  return {
    find: (payload) => find(db, payload),
    record: async ({ payload, payloadHash, at }) => {
      const { series } = payload;
      await db.run(
        `INSERT INTO entries (number, decision_id, certificate_id, verification_id, status_index, college_id, kind,
           series_id, serial, payload_hash, recorded_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
        [
          ...uniqueValues(payload),
          payload.collegeId,
          payload.kind,
          series?.id ?? null,
          series?.serial ?? null,
          payloadHash,
          at,
        ],
      );
      const [row] = await db.all('SELECT seq FROM entries WHERE number = ?', [payload.number]);
      return Number(row!.seq);
    },
    storeSignature: (seq, { kid, signature, signedAt }) =>
      db.run('INSERT INTO signatures (seq, kid, signature, signed_at) VALUES (?,?,?,?)', [
        seq,
        kid,
        signature,
        signedAt,
      ]),
    raise: ({ code, payload, payloadHash, knownSeq, at }) =>
      db.run('INSERT INTO alarms (code, number, certificate_id, asked_hash, known_seq, at) VALUES (?,?,?,?,?,?)', [
        code,
        payload.number,
        payload.id,
        payloadHash,
        knownSeq,
        at,
      ]),
    countSince: async (instant) => count(db, 'SELECT count(*) AS n FROM entries WHERE recorded_at > ?', [instant]),
    summary: () => summary(db),
    entries: (after) => page(db, after),
    close: () => db.close(),
  };
}

async function prepare(db: Sqlite): Promise<void> {
  for (const [name, value] of Object.entries(PRAGMAS)) await db.exec(`PRAGMA ${name} = ${value};`);
  const [id] = await db.all('PRAGMA application_id');
  const [version] = await db.all('PRAGMA user_version');
  if (![0, APPLICATION_ID].includes(Number(id?.application_id))) throw new Error('not a signer ledger');
  if (Number(version?.user_version) > USER_VERSION) throw new Error('the ledger comes from a newer version');
  await db.exec(`BEGIN IMMEDIATE; ${LEDGER_SCHEMA} COMMIT;`);
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    const [row] = await db.all(`PRAGMA ${name}`);
    if (row?.[name] !== wanted) throw new Error(`PRAGMA ${name} is ${String(row?.[name])}, not ${wanted}`);
  }
  const [check] = await db.all('PRAGMA quick_check');
  if (check?.quick_check !== 'ok') throw new Error('the ledger file is damaged: restore it from its own backup');
}

const UNIQUE = ['number', 'decision_id', 'certificate_id', 'verification_id', 'status_index'] as const;

function uniqueValues(payload: Certificate): (string | number)[] {
  return [payload.number, payload.decisionId, payload.id, payload.verificationId, payload.statusIndex];
}

async function find(db: Sqlite, payload: Certificate): Promise<Known[]> {
  const values = uniqueValues(payload);
  const place = [payload.series?.id ?? null, payload.series?.serial ?? null];
  const rows = await db.all(
    `SELECT e.*, s.kid, s.signature, s.signed_at FROM entries e LEFT JOIN signatures s USING (seq)
     WHERE ${UNIQUE.map((column) => `e.${column} = ?`).join(' OR ')} OR (e.series_id = ? AND e.serial = ?) ORDER BY e.seq`,
    [...values, ...place],
  );
  return rows.map((row) => {
    const shared: string[] = UNIQUE.filter((column, i) => row[column] === values[i]);
    if (row.series_id !== null && row.series_id === place[0] && row.serial === place[1]) shared.push('serial');
    return { seq: Number(row.seq), payloadHash: String(row.payload_hash), shared, signature: signatureOf(row) };
  });
}

function signatureOf(row: Row): CertificateSignature | null {
  if (row.signature === null) return null;
  return { kid: String(row.kid), alg: 'Ed25519', signature: String(row.signature), signedAt: String(row.signed_at) };
}

async function count(db: Sqlite, sql: string, values: readonly string[] = []): Promise<number> {
  const [row] = await db.all(sql, values);
  return Number(row!.n);
}

async function summary(db: Sqlite): Promise<Omit<LedgerSummary, 'lastHour' | 'hourlyLimit'>> {
  const marks = await db.all(
    'SELECT series_id, max(serial) AS highest, count(*) AS n FROM entries WHERE series_id IS NOT NULL GROUP BY series_id ORDER BY series_id',
  );
  return {
    entries: await count(db, 'SELECT count(*) AS n FROM entries'),
    signatures: await count(db, 'SELECT count(*) AS n FROM signatures'),
    alarms: await count(db, 'SELECT count(*) AS n FROM alarms'),
    series: marks.map((row) => ({
      seriesId: String(row.series_id),
      highest: Number(row.highest),
      count: Number(row.n),
    })),
  };
}

async function page(db: Sqlite, after: number): Promise<LedgerEntry[]> {
  const rows = await db.all(
    `SELECT e.*, s.kid, s.signature, s.signed_at FROM entries e LEFT JOIN signatures s USING (seq) WHERE e.seq > ? ORDER BY e.seq LIMIT ${PAGE}`,
    [after],
  );
  const text = (value: Row[string]): string | null => (value === null ? null : String(value));
  return rows.map((row) => ({
    seq: Number(row.seq),
    number: String(row.number),
    certificateId: String(row.certificate_id),
    decisionId: String(row.decision_id),
    seriesId: text(row.series_id!),
    serial: row.serial === null ? null : Number(row.serial),
    payloadHash: String(row.payload_hash),
    recordedAt: String(row.recorded_at),
    kid: text(row.kid!),
    signature: text(row.signature!),
    signedAt: text(row.signed_at!),
  }));
}
