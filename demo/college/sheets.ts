import { importDefinition } from '../../schemas/imports.ts';
import type { ImportKind } from '../../schemas/imports.ts';

export type Cell = string | number | null;

/** A table as it is written to a file: a workbook's first sheet, or a CSV. */
export interface Table {
  title: string;
  headers: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A table in the form of an import template: cells by column key, headers as the template has them. */
export function importTable(kind: ImportKind, rows: readonly Readonly<Record<string, Cell>>[]): Table {
  const { columns, title } = importDefinition(kind);
  return {
    title: title['zh-CN'],
    headers: columns.map((column) => column.title['zh-CN']),
    rows: rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
  };
}
