import { decisionTableWorkbook } from '../../documents/spreadsheet/decision-table.ts';
import type { TableDocument } from '../../documents/spreadsheet/decision-table.ts';
import { formatOf, readDecisionTable } from '../../documents/spreadsheet/read-decision-table.ts';
import type { ReadTable } from '../../documents/spreadsheet/read-decision-table.ts';
import { XLSX_TYPE } from '../../documents/spreadsheet/write.ts';
import { readWorkbook } from '../../documents/spreadsheet/read.ts';
import { cellName } from '../../documents/spreadsheet/cell.ts';
import { readDraft } from '../../register/rules/drafts/read-drafts.ts';
import { readRevision } from '../../register/rules/read-revision.ts';
import { hashOf } from '../../rules/canonical.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { withTableRules } from '../../rules/from-table.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import { ById } from '../../schemas/api/common.ts';
import { ByRevision } from '../../schemas/api/rules.ts';
import { ReadTableInput, TableReadView } from '../../schemas/api/rule-tables.ts';
import { media } from '../answers.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['rules'];

const ofRevision = defineRoute({
  method: 'get',
  path: '/v1/rule-sets/{id}/revisions/{revision}/table',
  permission: 'rules.read',
  input: ByRevision,
  output: media.file,
  refuses: ['rule_without_table'],
  limit: 'export',
  tags,
  summary: { 'zh-CN': '下载规则表（Excel）', en: 'The decision table of a revision as a workbook' },
  handle: async ({ register, by, input }) => workbook((await readRevision(register, by, input)).document),
});

const ofDraft = defineRoute({
  method: 'get',
  path: '/v1/rule-drafts/{id}/table',
  permission: 'rules.try',
  input: ById,
  output: media.file,
  refuses: ['rule_without_table'],
  limit: 'export',
  tags,
  summary: { 'zh-CN': '下载草稿的规则表（Excel）', en: 'The decision table of a draft as a workbook' },
  handle: async ({ register, by, input }) => workbook((await readDraft(register, by, input.id)).document),
});

const read = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts/{id}/table',
  permission: 'rules.edit',
  input: ReadTableInput,
  output: TableReadView,
  refuses: [
    'rule_without_table',
    'spreadsheet_refused',
    'rule_table_foreign',
    'rule_table_stale',
    'rule_draft_too_heavy',
  ],
  upload: true,
  limit: 'export',
  tags,
  summary: {
    'zh-CN': '读取规则表（Excel）：列出全部错误与差异，不保存',
    en: 'Read a decision table back into a draft: all faults and what changes; stores nothing',
  },
  handle: async ({ register, by, input, upload, signal }) => {
    const draft = await readDraft(register, by, input.id);
    const base = tableOf(draft.document);
    const sheets = await readWorkbook(upload.path, { signal });
    const format = formatOf(sheets);
    if (format?.ruleSet !== base.id) throw new Problem('rule_table_foreign');
    const opened =
      draft.base && (await readRevision(register, by, { id: base.id, revision: draft.base.revision })).document;
    const known = [base, ...(opened ? [tableOf(opened)] : [])].map(contentHash);
    if (!known.some((hash) => hash === format.base)) throw new Problem('rule_table_stale');
    const found = readDecisionTable(sheets, base);
    const compared = { unchanged: false, difference: null, ...rowsCompared(base, found) };
    if (found.faults.length > 0) return { ...compared, faults: found.faults, document: null };
    const document = documentWith(base, found);
    const faults = lintRuleset(document).map((fault) => placed(fault, found));
    if (faults.length > 0) return { ...compared, faults, document };
    const unchanged = hashOf(document) === hashOf(base);
    const isSound = !unchanged && lintRuleset(base).length === 0;
    return {
      ...compared,
      unchanged,
      faults,
      document,
      difference: isSound ? await register.drafts.difference(base, document) : null,
    };
  },
});

function tableOf(document: unknown): TableDocument {
  const { table } = document as Partial<TableDocument>;
  if (table === undefined) throw new Problem('rule_without_table');
  return document as TableDocument; // a draft's shape is checked where it is used
}

/** What a workbook was made from; from when it holds and why it changes may have moved meanwhile. */
function contentHash(document: TableDocument): string {
  const { validity: _v, change: _c, revision: _r, version: _n, supersedes: _s, ...content } = document;
  return hashOf(content);
}

async function workbook(document: unknown) {
  const table = tableOf(document);
  const body = await decisionTableWorkbook(table, { hash: contentHash(table) });
  return { contentType: XLSX_TYPE, body, name: `${table.title['zh-CN']}-规则表.xlsx` };
}

/** Rows that are gone take their notes along; those of other rules, where there are any, stay. */
function documentWith(base: TableDocument, { table, notes }: ReadTable): TableDocument {
  const rows = new Set(base.table.rows.map(({ name }) => name));
  const others = Object.entries(base.notes).filter(([rule]) => !rows.has(rule));
  return withTableRules({ ...base, table, notes: { ...Object.fromEntries(others), ...notes } }) as TableDocument;
}

/** A fault of the table, with the cell of the sheet where it stands. */
function placed(fault: Fault, { places }: ReadTable): Fault {
  const at = /^\/table\/rows\/(\d+)(?:\/cells\/(\d+))?$/.exec(fault.pointer);
  const row = at && places.rows[Number(at[1])];
  if (!row) return fault;
  const cell = cellName(row, at[2] === undefined ? 1 : (places.columns[Number(at[2])] ?? 1));
  const text = fault.text && { 'zh-CN': `${cell}：${fault.text['zh-CN']}`, en: `${cell}: ${fault.text.en}` };
  return { ...fault, detail: { ...fault.detail, cell }, ...(text && { text }) };
}

function rowsCompared(
  base: TableDocument,
  { table }: ReadTable,
): { added: string[]; removed: string[]; changed: string[] } {
  const before = new Map(base.table.rows.map((row) => [row.name, row.cells.join('\t')]));
  const now = new Map(table.rows.map((row) => [row.name, row.cells.join('\t')]));
  return {
    added: [...now.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !now.has(name)),
    changed: [...now].filter(([name, cells]) => before.has(name) && before.get(name) !== cells).map(([name]) => name),
  };
}

export const ruleTableRoutes: readonly Route[] = [ofRevision, ofDraft, read];
