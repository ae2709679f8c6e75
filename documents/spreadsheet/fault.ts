import { faultText, rowFaults } from '../../schemas/import-faults.ts';
import type { RowFaultCode } from '../../schemas/import-faults.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import { columnLetter } from './cell.ts';
import type { Detail } from './refuse.ts';

export interface FaultPlace {
  row: number;
  column?: number | undefined;
  header?: string | undefined;
  value?: string | undefined;
  detail?: Detail | undefined;
  suggestion?: string | undefined;
}

export function rowFault(
  code: RowFaultCode,
  { row, column, header = '', value = '', detail, suggestion }: FaultPlace,
): RowFault {
  const fault: RowFault = {
    row,
    column: column === undefined ? '' : columnLetter(column),
    header,
    value,
    code,
    text: faultText(rowFaults[code], detail),
  };
  return suggestion === undefined ? fault : { ...fault, suggestion };
}
