import { parts, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an array formula over the whole sheet',
  make: () =>
    zip(parts('<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row></sheetData>')),
  refused: 'area_too_large',
};
