import type { Keyring } from '../../db/keys.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import { isIdNumberFault, maskIdNumber, parseIdNumber } from '../../schemas/id-number.ts';
import type { OriginalRow, ParsedImport, ParsedRow, RowFault } from '../../schemas/parsed-import.ts';
import { indexOfLetter } from './faults.ts';
import type { Row } from './kind.ts';

/** An ID number as it may be kept: encrypted, with an index that finds doubles and what it says about its owner. */
export interface Identity {
  encrypted: string;
  index: string;
  lastFour: string;
  birthOn: string;
  gender: 'male' | 'female';
}

/** No ID number reaches the database in the clear: the parsed one is replaced by its identity before anything is stored. */
export function sealRow(keys: Keyring, { row, values }: ParsedRow): Row<Record<string, unknown>> {
  const { idNumber, ...rest } = values;
  if (typeof idNumber !== 'string') return { row, values: rest };
  return { row, values: { ...rest, identity: identityOf(keys, idNumber) } };
}

function identityOf(keys: Keyring, idNumber: string): Identity | null {
  const parsed = parseIdNumber(idNumber);
  if (isIdNumberFault(parsed)) return null;
  const { value, birthOn, gender } = parsed;
  return {
    encrypted: keys.encryptIdNumber(value),
    index: keys.idNumberIndex(value),
    lastFour: value.slice(-4),
    birthOn,
    gender,
  };
}

/** A fault list is read by many and kept: it shows an ID number masked. */
export function maskFaults(faults: readonly RowFault[], { places }: Pick<ParsedImport, 'places'>): RowFault[] {
  const { idNumber } = places;
  if (idNumber === undefined) return [...faults];
  return faults.map((fault) => (fault.column === idNumber ? { ...fault, value: maskIdNumber(fault.value) } : fault));
}

interface KeptOriginal {
  cells: string[];
  /** Position of the cell that is encrypted. */
  sealed: number | null;
}

/** A faulty row as it was written, to be given back with its faults. */
export function sealOriginal(
  keys: Keyring,
  original: OriginalRow,
  { places }: Pick<ParsedImport, 'places'>,
): KeptOriginal {
  const sealed = places.idNumber === undefined ? null : indexOfLetter(places.idNumber);
  const cells = original.cells.map((text, index) =>
    index === sealed && text !== '' ? keys.encryptIdNumber(text) : text,
  );
  return { cells, sealed };
}

export function openOriginal(keys: Keyring, { cells, sealed }: KeptOriginal): string[] {
  return cells.map((text, index) => (index === sealed && text !== '' ? keys.decryptIdNumber(text) : text));
}

/** What one line of `import_rows` holds: the values of a good row, or the original of a faulty one. */
export interface StagedVals {
  row: number;
  values?: Record<string, unknown>;
  original?: KeptOriginal;
}

export const stagedText = (vals: StagedVals): string => canonicalJson(vals);

export const stagedVals = (text: string): StagedVals => JSON.parse(text) as StagedVals;
