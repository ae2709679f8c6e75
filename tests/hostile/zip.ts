import { crc32, deflateRawSync } from 'node:zlib';
import type { ReadingLimits } from '../../documents/spreadsheet/limits.ts';
import type { ImportKind } from '../../schemas/imports.ts';

/** One hostile file, and what it must get: a refusal of the whole, or a list of faults, or a clean reading. */
export interface HostileFile {
  title: string;
  make: () => Buffer;
  kind?: ImportKind;
  refused?: string;
  /** Tighter bounds, where the true ones would only make the test wait. */
  limits?: Partial<ReadingLimits>;
  /** `row+column code`, the first ones in order. */
  faults?: string[];
  rows?: number;
  dropped?: number;
}

export interface Entry {
  name: string;
  data: Buffer | string;
  /** What the directory says instead of the truth. */
  unpacked?: number;
  flags?: number;
  attributes?: number;
  stored?: boolean;
}

/** A ZIP archive that may lie. */
export function zip(
  entries: readonly Entry[],
  { comment = Buffer.alloc(0), shareData = false }: { comment?: Buffer; shareData?: boolean } = {},
): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [i, { name, data, unpacked, flags = 0x800, attributes = 0, stored = false }] of entries.entries()) {
    const raw = Buffer.from(data);
    const packed = stored ? raw : deflateRawSync(raw, { level: 9 });
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(unpacked ?? raw.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(attributes, 6);
    tail.writeUInt32LE(shareData ? 0 : at, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), fields, tail, Buffer.from(name));
    if (shareData && i > 0) continue;
    local.push(Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), packed);
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, ...directory, end, comment]);
}

const NS =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a smallest workbook with one sheet of the given inner XML. */
export function parts(sheet: string, extra: readonly Entry[] = []): Entry[] {
  return [
    {
      name: '[Content_Types].xml',
      data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${MAIN}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${MAIN}.sharedStrings+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook ${NS}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    { name: 'xl/worksheets/sheet1.xml', data: `<worksheet ${NS}>${sheet}</worksheet>` },
    ...(extra.some(({ name }) => name === 'xl/sharedStrings.xml')
      ? []
      : [{ name: 'xl/sharedStrings.xml', data: `<sst ${NS}></sst>` }]),
    ...extra,
  ];
}

export const text = (reference: string, value: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;

/** Rows of inline texts from row 1 on. */
export const sheetData = (rows: readonly (readonly string[])[]): string =>
  `<sheetData>${rows.map((row, r) => `<row r="${r + 1}">${row.map((value, c) => text(`${String.fromCharCode(65 + c)}${r + 1}`, value)).join('')}</row>`).join('')}</sheetData>`;
