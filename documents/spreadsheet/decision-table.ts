import type { ParamDefinition, FactDeclaration, Ruleset, Table, TableColumn } from '../../schemas/ruleset.ts';
import { eventTypes } from '../../schemas/ruleset.ts';
import { FORMAT_SHEET } from './cell.ts';
import type { OutColumn, OutSheet } from './write.ts';
import { writeWorkbook } from './write.ts';

export const TABLE_FORMAT = 'decision-table/1';
export const RULES_SHEET = '规则';
/** Stand before the table's own columns: the row's name, and its title in both languages. */
export const LEADING = ['编号', '名称', '英文名称'] as const;
const ANY = '—';
const MOST_CHOICES = 500;
const BLANK_ROWS = 100;

export type TableDocument = Ruleset & { table: Table };

/** 规则 to fill in, 说明 to read, and hidden the format with the hash of the document it was made from (rules.md §10). */
export async function decisionTableWorkbook(document: TableDocument, { hash }: { hash: string }): Promise<Buffer> {
  const { table, notes } = document;
  const headers = columnHeaders(document);
  const rules: OutSheet = {
    name: RULES_SHEET,
    columns: [
      ...LEADING.map((title, i): OutColumn => ({ title, width: i === 0 ? 12 : 26 })),
      ...table.columns.map((column, i) => outColumn(document, column, headers[i]!)),
    ],
    rows: table.rows.map(({ name, cells }) => {
      const title = notes[name]?.title;
      return [name, title?.['zh-CN'] ?? '', title?.en ?? '', ...cells];
    }),
    blankRows: BLANK_ROWS,
  };
  return writeWorkbook([rules, guideSheet(document, headers), formatSheet(document, hash)]);
}

/** What each column is headed, in the order of the table; twice the same title gets a number. */
export function columnHeaders(document: TableDocument): string[] {
  const taken = new Set<string>(LEADING);
  return document.table.columns.map((column) => {
    const title = titleOf(document, column);
    let header = title;
    for (let count = 2; taken.has(header); count += 1) header = `${title}${count}`;
    taken.add(header);
    return header;
  });
}

function titleOf({ facts, decision }: TableDocument, column: TableColumn): string {
  switch (column.kind) {
    case 'fact':
      return facts[column.fact]?.title['zh-CN'] ?? column.fact;
    case 'reference':
      return column.condition;
    case 'outcome':
      return '结论';
    case 'citation':
      return '依据条款';
    case 'param':
      return paramOf(decision, column.param)?.title?.['zh-CN'] ?? column.param;
  }
}

function paramOf({ outcomes }: Ruleset['decision'], param: string): ParamDefinition | undefined {
  return eventTypes.map((type) => outcomes[type]?.params?.[param]).find((found) => found !== undefined);
}

function outColumn(document: TableDocument, column: TableColumn, title: string): OutColumn {
  const choices = choicesOf(document, column);
  const width = column.kind === 'citation' ? 36 : Math.max(12, title.length * 2 + 4);
  return choices.length > 0 && choices.length <= MOST_CHOICES ? { title, width, choices } : { title, width };
}

function choicesOf({ facts, decision }: TableDocument, column: TableColumn): string[] {
  switch (column.kind) {
    case 'fact':
      return wordsOf(facts[column.fact]);
    case 'param':
      return wordsOf(paramOf(decision, column.param));
    case 'reference':
      return ['是', '否', ANY];
    case 'outcome':
      return eventTypes.flatMap((type) => decision.outcomes[type]?.title['zh-CN'] ?? []);
    case 'citation':
      return [];
  }
}

function wordsOf(typed: ParamDefinition | FactDeclaration | undefined): string[] {
  if (typed?.type === 'boolean') return ['是', '否', ANY];
  if (typed?.type !== 'enum') return [];
  const { values, titles } = typed;
  const words = values && values.length > 0 ? values : Object.keys(titles ?? {});
  return [...words.map((word) => titles?.[word]?.['zh-CN'] ?? word), ANY];
}

function guideSheet(document: TableDocument, headers: readonly string[]): OutSheet {
  const rows = document.table.columns.map((column, i) => [headers[i]!, formOf(document, column)]);
  const combine = {
    unique: '只应有一行成立',
    agree: '成立的各行结论须相同',
    first: '从上往下第一行成立的作数',
    collect: '成立的各行都作数',
    sum: '成立的各行相加',
  };
  return {
    name: '说明',
    columns: [
      { title: '列名', width: 20 },
      { title: '怎么填', width: 90 },
    ],
    rows: [
      ['规则集', `${document.title['zh-CN']}（${document.id}，第 ${document.revision} 版）`],
      ['多行成立时', combine[document.decision.combine ?? 'unique']],
      ['编号', '每行一个编号，不得重复；新增的行也要编号。字母、数字、点、连字符。'],
      ['名称', '这条规则叫什么；英文名称供英文界面使用，可与中文相同。'],
      ...rows,
    ],
  };
}

function formOf({ facts, decision }: TableDocument, column: TableColumn): string {
  if (column.kind === 'citation') return '出处/条号，多条用顿号分开，如 S1/成绩、S3/折算';
  if (column.kind === 'outcome') return '从下拉列表选择结论';
  if (column.kind === 'reference') return '是、否，或 —（不限）';
  const typed = column.kind === 'fact' ? facts[column.fact] : paramOf(decision, column.param);
  const any = column.kind === 'fact' ? '；— 表示不限' : '；— 表示没有此项';
  switch (typed?.type) {
    case 'boolean':
      return `是、否${any}`;
    case 'enum':
      return column.kind === 'fact' ? `一个值，或多个值用顿号分开，或 非 甲、乙${any}` : `从下拉列表选择${any}`;
    case 'list':
      return `含 甲，或 不含 甲${any}`;
    case 'date':
      return `日期，如 >=2026-09-01、2026-09-01..2027-08-31${any}`;
    default:
      return column.kind === 'fact' ? `数值，如 >=60、<60、60..79.9${any}` : `一个数值${any}`;
  }
}

function formatSheet({ id, table }: TableDocument, hash: string): OutSheet {
  return {
    name: FORMAT_SHEET,
    hidden: true,
    columns: [{ title: 'key' }, { title: 'value' }],
    rows: [
      ['format', TABLE_FORMAT],
      ['ruleSet', id],
      ['base', hash],
      ['columns', String(table.columns.length)],
    ],
  };
}
