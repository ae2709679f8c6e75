import type { TFunction } from 'i18next';
import { Refused } from '../../api/client.ts';
import { listText } from '../../i18n/list.ts';
import type { GridColumn } from '../../score-grid/model.ts';
import { cellKey } from '../../score-grid/model.ts';
import type { Sheet } from './sheet-model.ts';

interface Cell {
  row: string;
  column: string;
  words: string;
}

/** `/rows/{enrolment}/{component}` names the cell a refusal is about. */
function cellsOf({ errors }: Refused): Cell[] {
  return errors.flatMap(({ pointer, title, code }) => {
    const [, area, row, column] = pointer.split('/');
    return area === 'rows' && row && column ? [{ row, column, words: title ?? code }] : [];
  });
}

/** What is wrong with each cell, to be flagged in the grid. */
export function refusedCells(refusal: Refused): Record<string, string> {
  return Object.fromEntries(cellsOf(refusal).map(({ row, column, words }) => [cellKey(row, column), words]));
}

/** The same refusal with one line a student, by name and component, instead of one a cell. */
export function byStudent(
  error: unknown,
  { sheet, columns, t }: { sheet: Sheet; columns: readonly GridColumn[]; t: TFunction<'sheets'> },
): unknown {
  if (!(error instanceof Refused)) return error;
  const cells = cellsOf(error);
  if (cells.length === 0) return error;
  const lines = sheet.rows.flatMap(({ enrolmentId, name, studentNo }) => {
    const own = cells.filter(({ row }) => row === enrolmentId);
    if (own.length === 0) return [];
    const parts = listText(own.map(({ column }) => columns.find(({ id }) => id === column)?.name ?? ''));
    return [{ pointer: `/rows/${enrolmentId}`, code: error.code, title: t('cellsOf', { name, no: studentNo, parts }) }];
  });
  return new Refused(
    { code: error.code, status: error.status, title: error.title, errors: lines, instance: error.instance },
    error.status,
  );
}
