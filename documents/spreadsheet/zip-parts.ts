import { crc32, inflateRawSync } from 'node:zlib';
import type { ReadingLimits } from './limits.ts';
import { refusal } from './refuse.ts';
import { scanXml } from './xml-scan.ts';
import type { ZipEntry } from './zip-directory.ts';

interface Part {
  name: Buffer;
  data: Buffer;
}

const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
/** Markup only, and not that of pictures, charts and pivots: pictures, macros and whatever else is there never reach the library. */
const WANTED = /^(?!xl\/(pivot|drawings|charts|media|embeddings|ctrlProps)).*\.(xml|rels)$/i;
const WORKBOOK = /^xl\/workbook\d*\.xml$/i;

/**
 * A new archive with only the parts a reader needs, stored and truthful about their sizes: whatever a hostile archive says
 * in two places differently is settled here, before the library sees a byte.
 */
export function cleanArchive(bytes: Buffer, entries: readonly ZipEntry[], limits: ReadingLimits): Buffer {
  const wanted = entries.filter(({ name }) => WANTED.test(name));
  if (!wanted.some(({ name }) => WORKBOOK.test(name))) throw refusal('file_type_unknown');
  const area = { left: limits.areaCells, limit: limits.areaCells };
  const parts = wanted.map((entry) => {
    const data = unpack(bytes, entry);
    scanXml(data, area);
    return { name: Buffer.from(entry.name), data };
  });
  return store(parts);
}

function unpack(bytes: Buffer, { offset, method, packed, unpacked }: ZipEntry): Buffer {
  if (offset + LOCAL_SIZE > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw refusal('file_damaged');
  const start = offset + LOCAL_SIZE + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const raw = bytes.subarray(start, start + packed);
  if (raw.length !== packed) throw refusal('file_damaged');
  const data = method === STORED ? raw : inflate(raw, method, unpacked);
  if (data.length !== unpacked) throw refusal('file_damaged'); // the directory lied
  return data;
}

function inflate(raw: Buffer, method: number, unpacked: number): Buffer {
  if (method !== DEFLATED) throw refusal('file_damaged');
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(unpacked, 1) });
  } catch {
    throw refusal('file_damaged');
  }
}

function store(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data } of parts) {
    const fields = Buffer.alloc(26); // what the local header and the directory share
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2); // names are UTF-8
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    local.push(uint32(LOCAL), fields, name, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(uint32(0x02014b50), uint16(20), fields, rest, name);
    at += LOCAL_SIZE + name.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
