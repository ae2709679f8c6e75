import { cellWords, titleOfCopy } from '../i18n/cell-words.ts';
import type { Edit } from './edit.ts';
import { nextRuleName, removeRule } from './edit.ts';
import type { RuleDocument, Table, TableColumn } from './document.ts';
import { tidyCondition, withScale } from './cells.ts';

/** The table is the source: its rules are the server's to make. These edits touch the table, and the notes its rows own. */
const ANY = cellWords.any;

const onTable =
  (change: (table: Table, doc: RuleDocument) => Table): Edit =>
  (doc) =>
    doc.table ? { ...doc, table: change(doc.table, doc) } : doc;

/** Cells as typed or pasted, by `row/column`, each tidied for its column. The citation cell is the row's cites too. */
export const setCells =
  (cells: Readonly<Record<string, string>>): Edit =>
  (doc) => {
    const { table } = doc;
    if (!table) return doc;
    const rows = table.rows.map((row, r) => {
      const changed = row.cells.map((cell, c) => {
        const text = cells[`${r}/${c}`];
        const column = table.columns[c];
        return text === undefined || !column ? cell : tidyCell(text, column, doc);
      });
      return changed.every((cell, c) => cell === row.cells[c]) ? row : { ...row, cells: changed };
    });
    return withCitations({ ...doc, table: { ...table, rows } });
  };

export function tidyCell(text: string, column: TableColumn, { facts, decision }: RuleDocument): string {
  const given = text.trim();
  if (given === '' || given === '-' || given === cellWords.anyInWords) return column.kind === 'outcome' ? given : ANY;
  if (column.kind === 'citation')
    return given
      .split(/[、,，;；]/)
      .map((one) => one.trim())
      .filter(Boolean)
      .join('、');
  const typed =
    column.kind === 'fact'
      ? facts[column.fact]
      : column.kind === 'param'
        ? Object.values(decision.outcomes)
            .map((outcome) => outcome?.params?.[column.param])
            .find(Boolean)
        : undefined;
  if (typed?.type !== 'integer' && typed?.type !== 'decimal' && typed?.type !== 'date') return given;
  const tidy = tidyCondition(given);
  return typed.type === 'decimal' ? withScale(tidy, typed.scale ?? 0) : tidy;
}

function withCitations(doc: RuleDocument): RuleDocument {
  const column = doc.table?.columns.findIndex(({ kind }) => kind === 'citation') ?? -1;
  if (!doc.table || column === -1) return doc;
  const notes = { ...doc.notes };
  for (const { name, cells } of doc.table.rows) {
    const cites = (cells[column] ?? '')
      .split('、')
      .map((one) => one.trim())
      .filter((one) => one !== '' && one !== ANY);
    const note = notes[name] ?? { title: { 'zh-CN': name, en: name }, cites: [] };
    if (note.cites.join('、') !== cites.join('、') || !notes[name]) notes[name] = { ...note, cites };
  }
  return { ...doc, notes };
}

/** A row below the given one, as its copy: the usual new row differs from its neighbour in one cell. */
export const addRow =
  (at: number, cells?: readonly string[]): Edit =>
  (doc) => {
    const { table } = doc;
    const model = table?.rows[at];
    if (!table || !model) return doc;
    const row = { name: nextRowName(doc), cells: [...(cells ?? model.cells)] };
    const note = doc.notes[model.name];
    const title = note && titleOfCopy(note.title);
    const notes = title ? { ...doc.notes, [row.name]: { title, cites: [...note.cites] } } : doc.notes;
    const rows = [...table.rows.slice(0, at + 1), row, ...table.rows.slice(at + 1)];
    return withCitations({ ...doc, notes, table: { ...table, rows } });
  };

function nextRowName(doc: RuleDocument): string {
  const rows = doc.table?.rows ?? [];
  return nextRuleName({ ...doc, rules: rows.map(({ name }) => ({ name })) as RuleDocument['rules'] });
}

export const removeRow =
  (at: number): Edit =>
  (doc) => {
    const name = doc.table?.rows[at]?.name;
    if (name === undefined) return doc;
    const without = onTable((table) => ({ ...table, rows: table.rows.filter((_, i) => i !== at) }))(doc);
    return removeRule(name)(without);
  };

export const moveRow =
  (at: number, by: -1 | 1): Edit =>
  (doc) =>
    onTable((table) => {
      const rows = [...table.rows];
      const [one, other] = [rows[at], rows[at + by]];
      if (!one || !other) return table;
      [rows[at], rows[at + by]] = [other, one];
      return { ...table, rows };
    })(doc);

/** Rows whose cell in this column still reads as the changed one did: the usual wish is to change them alike. */
export function alikeRows(table: Table, column: number, text: string): number[] {
  if (text === ANY || text === '') return [];
  return table.rows.flatMap(({ cells }, row) => (cells[column] === text ? [row] : []));
}
