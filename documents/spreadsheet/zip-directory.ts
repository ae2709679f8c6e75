import type { ReadingLimits } from './limits.ts';
import { MB } from './limits.ts';
import { refusal } from './refuse.ts';

export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  /** Where the local header stands. */
  offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const SYMLINK = 0xa000;
const ZIP64 = 0xffffffff;
const NESTED = /\.(zip|xlsx|xlsm|xlsb|xls|docx|ods|7z|rar|gz|jar)$/i;
const UNSAFE = /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:|[\0\\]/i;

/** Reads the directory at the end of an archive and refuses what a workbook never has, before a byte is unpacked. */
export function readZipDirectory(bytes: Buffer, limits: ReadingLimits): ZipEntry[] {
  const end = endRecord(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > limits.archiveEntries) throw refusal('archive_too_many_entries', { limit: limits.archiveEntries });
  // the real end of the directory must be where the end record stands: nothing hidden between or behind
  if (at + bytes.readUInt32LE(end + 12) !== end) throw refusal('file_damaged');

  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    const entry = centralEntry(bytes, at, end);
    entries.push(entry.entry);
    at = entry.next;
  }
  if (at !== end || new Set(entries.map(({ name }) => name.toLowerCase())).size !== count)
    throw refusal('file_damaged');
  checkSizes(entries, bytes.length, limits);
  return entries;
}

function endRecord(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - END_SIZE - 0xffff);
  for (let at = bytes.length - END_SIZE; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) === END && at + END_SIZE + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  throw refusal('file_damaged');
}

function centralEntry(bytes: Buffer, at: number, end: number): { entry: ZipEntry; next: number } {
  if (at + CENTRAL_SIZE > end || bytes.readUInt32LE(at) !== CENTRAL) throw refusal('file_damaged');
  const nameLength = bytes.readUInt16LE(at + 28);
  const next = at + CENTRAL_SIZE + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > end) throw refusal('file_damaged');

  const name = bytes.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
  const isLink = ((bytes.readUInt32LE(at + 38) >>> 16) & 0xf000) === SYMLINK;
  if (bytes.readUInt16LE(at + 8) & ENCRYPTED) throw refusal('file_encrypted');
  if (isLink || UNSAFE.test(name)) throw refusal('archive_unsafe_path', { name: name.slice(0, 100) });
  if (NESTED.test(name)) throw refusal('archive_nested', { name: name.slice(0, 100) });

  const entry = {
    name,
    method: bytes.readUInt16LE(at + 10),
    packed: bytes.readUInt32LE(at + 20),
    unpacked: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
  if ([entry.packed, entry.unpacked, entry.offset].includes(ZIP64)) throw refusal('file_damaged');
  return { entry, next };
}

function checkSizes(entries: readonly ZipEntry[], fileBytes: number, limits: ReadingLimits): void {
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > limits.archiveBytes) throw refusal('archive_too_large', { limit: limits.archiveBytes / MB });
  // small parts compress to nothing in honest files; the ratio speaks for those that weigh
  const swollen = entries.some(({ packed, unpacked }) => unpacked > MB && unpacked > packed * limits.archiveRatio);
  if (swollen || (total > MB && total > fileBytes * limits.archiveRatio))
    throw refusal('archive_ratio', { limit: limits.archiveRatio });
}
