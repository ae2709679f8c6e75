import { faultText, rowFaults } from '../../schemas/import-faults.ts';
import type { RowFaultCode } from '../../schemas/import-faults.ts';
import type { Text } from '../../schemas/text.ts';
import { columnLetter } from './cell.ts';
import type { Detail } from './refuse.ts';

/** One thing wrong at one place, for the registrar's list. `column` is a letter, empty where the whole row is meant. */
export interface RowFault {
  row: number;
  column: string;
  header: string;
  /** What stands in the cell. Personal data: for the person who uploaded it, never for a log. */
  value: string;
  code: RowFaultCode;
  text: Text;
  suggestion?: string;
}

export interface FaultPlace {
  row: number;
  column?: number | undefined;
  header?: string | undefined;
  value?: string | undefined;
  detail?: Detail | undefined;
  suggestion?: string | undefined;
}

export function rowFault(code: RowFaultCode, { row, column, header = '', value = '', detail, suggestion }: FaultPlace): RowFault {
  const fault: RowFault = { row, column: column === undefined ? '' : columnLetter(column), header, value, code, text: faultText(rowFaults[code], detail) };
  return suggestion === undefined ? fault : { ...fault, suggestion };
}
