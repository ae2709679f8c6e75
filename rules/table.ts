import { Problem } from '../schemas/problem.ts';
import type { Fault } from '../schemas/problem.ts';
import type {
  FactDeclaration,
  Node,
  ParamDefinition,
  Rule,
  RuleEvent,
  Ruleset,
  Table,
  TableColumn,
} from '../schemas/ruleset.ts';
import { eventTypes } from '../schemas/ruleset.ts';
import { Faults, step } from './faults.ts';
import { parseDecimal } from './format.ts';
import { isCalendarDay } from './domain.ts';

/** What a table is read against: the rest of its document. */
export type TableContext = Pick<Ruleset, 'facts' | 'decision'>;

const ANY = ['—', '-', ''];
const YES = ['是', 'yes'];
const NO = ['否', 'no'];

/** The rules a table stands for, in row order; a cell that cannot be read is refused with all its fellows. */
export function toRules(table: Table, context: TableContext): Rule[] {
  const faults = new Faults();
  const rules = readTable(table, context, faults);
  if (faults.list.length > 0) throw new Problem('rule_document_faulty', faults.list as Fault[]);
  return rules;
}

/** As `toRules`, noting faults instead of throwing. */
export function readTable(table: Table, context: TableContext, faults: Faults): Rule[] {
  const columns = table.columns.map((column, i) => readerOf(column, i, { context, faults }));
  const rules: Rule[] = [];
  for (const [i, row] of table.rows.entries()) {
    const at = `/table/rows${step(i)}`;
    if (row.cells.length !== columns.length) faults.add(at, 'table_row_short');
    else rules.push(readRow(row, columns, { at, faults }));
  }
  return rules;
}

interface Draft {
  name: string;
  nodes: Node[];
  event: { type?: RuleEvent['type']; params: NonNullable<RuleEvent['params']> };
}

/** Puts one cell into the rule; false if it cannot be read. */
type Reader = (cell: string, draft: Draft) => boolean;

function readRow(
  row: Table['rows'][number],
  columns: readonly Reader[],
  { at, faults }: { at: string; faults: Faults },
): Rule {
  const draft: Draft = { name: row.name, nodes: [], event: { params: {} } };
  for (const [i, read] of columns.entries()) {
    const cell = row.cells[i]!.trim();
    if (!read(cell, draft)) faults.add(`${at}/cells${step(i)}`, 'table_cell', { cell });
  }
  if (draft.nodes.length === 0) faults.add(at, 'table_row_any');
  const event: RuleEvent = { type: draft.event.type ?? 'refer' };
  if (Object.keys(draft.event.params).length > 0) event.params = draft.event.params;
  return { name: row.name, conditions: { all: draft.nodes }, event };
}

interface Reading {
  context: TableContext;
  faults: Faults;
}

function readerOf(column: TableColumn, i: number, { context, faults }: Reading): Reader {
  switch (column.kind) {
    case 'fact': {
      const fact = Object.hasOwn(context.facts, column.fact) ? context.facts[column.fact] : undefined;
      if (fact !== undefined) return factReader(column.fact, fact);
      return unknownColumn(column.fact, i, faults);
    }
    case 'reference':
      return referenceReader(column.condition);
    case 'outcome':
      return outcomeReader(context.decision);
    case 'param':
      return paramReader(column.param, context.decision);
    case 'citation':
      return () => true; // the lint holds these against the notes
  }
}

function unknownColumn(column: string, i: number, faults: Faults): Reader {
  faults.add(`/table/columns${step(i)}`, 'table_column', { column });
  return () => true;
}

function referenceReader(condition: string): Reader {
  return (cell, draft) => {
    if (ANY.includes(cell)) return true;
    const reference = { condition, name: `${draft.name}.${condition}` };
    if (YES.includes(cell)) draft.nodes.push(reference);
    else if (NO.includes(cell)) draft.nodes.push({ not: reference });
    else return false;
    return true;
  };
}

function outcomeReader({ outcomes }: Ruleset['decision']): Reader {
  const types = new Map<string, RuleEvent['type']>();
  for (const type of eventTypes) {
    const outcome = outcomes[type];
    for (const word of [type, outcome?.code, outcome?.title['zh-CN'], outcome?.title.en])
      if (word !== undefined && !types.has(word)) types.set(word, type);
  }
  return (cell, draft) => {
    const type = types.get(cell);
    if (type !== undefined) draft.event.type = type;
    return type !== undefined;
  };
}

function paramReader(param: string, { outcomes }: Ruleset['decision']): Reader {
  const definitions = eventTypes
    .map((type) => outcomes[type]?.params?.[param])
    .filter((definition) => definition !== undefined);
  return (cell, draft) => {
    if (ANY.includes(cell)) return true;
    for (const definition of definitions) {
      const value = scalar(definition, cell);
      if (value === undefined) continue;
      draft.event.params[param] = value;
      return true;
    }
    return false;
  };
}

type Typed = Pick<ParamDefinition | FactDeclaration, 'type'> & {
  scale?: number | undefined;
  values?: readonly string[] | undefined;
  titles?: FactDeclaration['titles'];
};

/** One value as written for people: 79.9, 2026-09-01, 是, 高级 or the bare value. */
function scalar(typed: Typed, cell: string): number | string | boolean | undefined {
  switch (typed.type) {
    case 'integer':
      return parseDecimal(cell, 0);
    case 'decimal':
      return parseDecimal(cell, typed.scale ?? 0);
    case 'date': {
      const day = /^\d{4}-\d\d-\d\d$/.test(cell) ? Number(cell.replaceAll('-', '')) : Number.NaN;
      return isCalendarDay(day) ? day : undefined;
    }
    case 'boolean':
      return YES.includes(cell) ? true : NO.includes(cell) ? false : undefined;
    default:
      return text(typed, cell);
  }
}

function text({ values, titles }: Typed, cell: string): string | undefined {
  for (const [value, title] of Object.entries(titles ?? {}))
    if (title['zh-CN'] === cell || title.en === cell) return value;
  if (cell === '' || (values !== undefined && values.length > 0 && !values.includes(cell))) return undefined;
  return cell;
}

const COMPARISONS = [
  ['>=', 'greaterThanInclusive'],
  ['<=', 'lessThanInclusive'],
  ['>', 'greaterThan'],
  ['<', 'lessThan'],
] as const;

function factReader(fact: string, typed: FactDeclaration): Reader {
  return (cell, draft) => {
    if (ANY.includes(cell)) return true;
    const nodes = factNodes({ fact, typed, name: `${draft.name}.${fact}` }, cell);
    draft.nodes.push(...(nodes ?? []));
    return nodes !== undefined;
  };
}

interface Asked {
  fact: string;
  typed: FactDeclaration;
  name: string;
}

function factNodes({ fact, typed, name }: Asked, cell: string): Node[] | undefined {
  if (typed.type === 'list') return listNodes({ fact, typed, name }, cell);
  if (typed.type === 'integer' || typed.type === 'decimal' || typed.type === 'date') {
    const range = /^(.+)\.\.(.+)$/.exec(cell);
    if (range !== null) {
      const [low, high] = [scalar(typed, range[1]!.trim()), scalar(typed, range[2]!.trim())];
      if (low === undefined || high === undefined || low > high) return undefined;
      return [
        { name: `${name}.from`, fact, operator: 'greaterThanInclusive', value: low },
        { name: `${name}.to`, fact, operator: 'lessThanInclusive', value: high },
      ];
    }
    for (const [sign, operator] of COMPARISONS) {
      if (!cell.startsWith(sign)) continue;
      const value = scalar(typed, cell.slice(sign.length).trim());
      return value === undefined ? undefined : [{ name, fact, operator, value }];
    }
  }
  return memberNodes({ fact, typed, name }, cell);
}

/** `初级、中级` · `非 高级` · `@list` · `非 @list`. */
function memberNodes({ fact, typed, name }: Asked, cell: string): Node[] | undefined {
  const negated = /^(?:非|not)\s+(.+)$/.exec(cell);
  const rest = negated === null ? cell : negated[1]!;
  if (rest.startsWith('@'))
    return [{ name, fact, operator: negated === null ? 'inList' : 'notInList', value: rest.slice(1) }];
  // a value may itself hold the separator, as titles of qualifications do
  const whole = scalar(typed, rest);
  const values =
    whole !== undefined && (typed.type !== 'enum' || isKnown(typed, rest))
      ? [whole]
      : rest.split('、').map((part) => scalar(typed, part.trim()));
  if (values.some((value) => value === undefined)) return undefined;
  if (values.length === 1)
    return [{ name, fact, operator: negated === null ? 'equal' : 'notEqual', value: values[0]! }];
  if (typed.type === 'boolean') return undefined;
  return [{ name, fact, operator: negated === null ? 'in' : 'notIn', value: values as (number | string)[] }];
}

function isKnown(typed: Typed, cell: string): boolean {
  const known = typed.values !== undefined && typed.values.length > 0;
  return known
    ? text(typed, cell) !== undefined
    : Object.values(typed.titles ?? {}).some((title) => title['zh-CN'] === cell || title.en === cell);
}

function listNodes({ fact, typed, name }: Asked, cell: string): Node[] | undefined {
  const found = /^(含|不含|has|lacks)\s+(.+)$/.exec(cell);
  const value = found === null ? undefined : text(typed, found[2]!.trim());
  if (found === null || value === undefined) return undefined;
  return [{ name, fact, operator: found[1] === '含' || found[1] === 'has' ? 'contains' : 'doesNotContain', value }];
}
