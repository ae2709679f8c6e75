import type { Ruleset } from '../schemas/ruleset.ts';
import { hashOf } from './canonical.ts';
import { Faults, step } from './faults.ts';
import { readTable } from './table.ts';

/** A document with a table holds exactly the rules and citations the table makes. */
export function lintTable(
  doc: Pick<Ruleset, 'table' | 'rules' | 'facts' | 'decision' | 'notes'>,
  faults: Faults,
): void {
  const { table } = doc;
  if (table === undefined) return;
  const own = new Faults();
  const rules = readTable(table, doc, own);
  for (const { pointer, code, detail } of own.list) faults.add(pointer, code as Parameters<Faults['add']>[1], detail);
  if (own.list.length > 0) return;
  for (const i of table.rows.keys()) {
    const given = doc.rules[i];
    if (given === undefined || hashOf(given) !== hashOf(rules[i])) faults.add(`/rules${step(i)}`, 'table_differs');
    lintCitations(doc, i, faults);
  }
  for (let i = table.rows.length; i < doc.rules.length; i += 1) faults.add(`/rules${step(i)}`, 'table_differs');
}

function lintCitations({ table, notes }: Pick<Ruleset, 'table' | 'notes'>, i: number, faults: Faults): void {
  const column = table!.columns.findIndex(({ kind }) => kind === 'citation');
  const row = table!.rows[i]!;
  if (column === -1) return;
  const cited = row.cells[column]!.split('、').map((citation) => citation.trim());
  const noted = Object.hasOwn(notes, row.name) ? notes[row.name]!.cites : [];
  if (cited.join('、') !== noted.join('、')) faults.add(`/table/rows${step(i)}/cells${step(column)}`, 'table_differs');
}
