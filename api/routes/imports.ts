import { readImport } from '../../documents/spreadsheet/read.ts';
import { faultyRowsWorkbook, importTemplate } from '../../documents/spreadsheet/template.ts';
import { XLSX_TYPE } from '../../documents/spreadsheet/write.ts';
import { collegeOf } from '../../register/accounts/in-scope.ts';
import { readFaultyRows, readImportRows } from '../../register/imports/batches.ts';
import { commitImport } from '../../register/imports/commit-import.ts';
import { componentNames, listBatches, readBatch, templateLists } from '../../register/imports/read-batch.ts';
import { stageImport } from '../../register/imports/stage-import.ts';
import { undoImport } from '../../register/imports/undo-import.ts';
import { ById } from '../../schemas/api/common.ts';
import {
  CommitInput,
  Committed,
  ImportPage,
  ImportRows,
  ImportView,
  ListImportsInput,
  ListRowsInput,
  Staged,
  StageInput,
  TemplateInput,
  UndoInput,
  Undone,
} from '../../schemas/api/imports.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import { importDefinition } from '../../schemas/imports.ts';
import { media } from '../answers.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['imports'];

const stage = defineRoute({
  method: 'post',
  path: '/v1/imports',
  permission: 'imports.run',
  input: StageInput,
  output: Staged,
  status: 201,
  refuses: ['spreadsheet_refused', 'import_same_file'],
  command: true,
  upload: true,

  tags,
  summary: { 'zh-CN': '试导入：读取文件并列出全部错误', en: 'Dry run: read a file and list every fault' },
  handle: async ({ register, by, input, call, upload, signal }) => {
    const { kind, options = {} } = input;
    const components = kind === 'scores' ? await scoreColumns(register, by, options.weights) : [];
    const parsed = await readImport(upload.path, kind, { signal, components });
    const given = {
      ...(options.weights === undefined ? {} : { weights: options.weights }),
      ...(options.electiveCredits === undefined ? {} : { electiveCredits: options.electiveCredits }),
    };
    const { name: fileName, sha256: fileHash } = upload;
    return stageImport(register, { ...call, input: { kind, fileName, fileHash, options: given, parsed } });
  },
});

type Named = Parameters<typeof componentNames>;

async function scoreColumns(
  register: Named[0],
  by: Named[1],
  weights: Record<string, Record<string, number>> = {},
): Promise<string[]> {
  const given = Object.values(weights).flatMap((parts) => Object.keys(parts));
  return [...new Set([...given, ...(await componentNames(register, by))])];
}

const list = defineRoute({
  method: 'get',
  path: '/v1/imports',
  permission: 'imports.read',
  input: ListImportsInput,
  output: ImportPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '导入批次', en: 'Import batches' },
  handle: ({ register, by, input }) => listBatches(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}',
  permission: 'imports.read',
  input: ById,
  output: ImportView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '导入批次详情', en: 'An import batch' },
  handle: ({ register, by, input }) => readBatch(register, by, input.id),
});

const rows = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/rows',
  permission: 'imports.read',
  input: ListRowsInput,
  output: ImportRows,
  refuses: [],
  tags,
  summary: { 'zh-CN': '批次的行与错误', en: 'The rows of a batch with their faults' },
  handle: async ({ register, by, input: { id, faulty, after, limit } }) => {
    const asked = {
      id,
      collegeId: collegeOf(by),
      after,
      limit: limit + 1,
      ...(faulty === undefined ? {} : { faulty }),
    };
    const found = await readImportRows(register, asked);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)!.ordinal : null };
  },
});

const commit = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/commit',
  permission: 'imports.run',
  input: CommitInput,
  output: Committed,
  refuses: [
    'import_not_open',
    'preview_outdated',
    'import_nothing_to_commit',
    'import_has_faults',
    'import_same_file',
    'stale',
  ],
  command: true,
  tags,
  summary: { 'zh-CN': '提交：写入所预览的内容', en: 'Commit exactly what was previewed' },
  handle: ({ register, call }) => {
    const { id, previewHash, skipFaulty } = call.input;
    return commitImport(register, { ...call, input: { batchId: id, previewHash, skipFaulty } });
  },
});

const undo = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/undo',
  permission: 'imports.undo',
  input: UndoInput,
  output: Undone,
  refuses: ['import_not_committed', 'import_in_use', 'stale'],
  command: true,
  tags,
  summary: { 'zh-CN': '撤销批次', en: 'Undo a batch while nothing rests on it' },
  handle: ({ register, call }) => {
    const { id, reason } = call.input;
    return undoImport(register, { ...call, input: { batchId: id, reason } });
  },
});

const faultyRows = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/faulty-rows',
  permission: 'imports.run',
  input: ById,
  output: media.file,
  refuses: [],
  limit: 'export',
  tags,
  summary: { 'zh-CN': '下载错误行', en: 'The faulty rows as a workbook' },
  handle: async ({ register, by, input }) => {
    const { kind, ...file } = await readFaultyRows(register, { id: input.id, collegeId: collegeOf(by) });
    const body = await faultyRowsWorkbook(importDefinition(kind), file);
    return { contentType: XLSX_TYPE, body, name: fileName(kind, '错误行') };
  },
});

const template = defineRoute({
  method: 'get',
  path: '/v1/import-templates/{kind}',
  permission: 'imports.read',
  input: TemplateInput,
  output: media.file,
  refuses: [],
  limit: 'export',
  tags,
  summary: { 'zh-CN': '下载导入模板', en: 'The workbook to fill in' },
  handle: async ({ register, by, input: { kind } }) => ({
    contentType: XLSX_TYPE,
    body: await importTemplate(importDefinition(kind), await templateLists(register, by)),
    name: fileName(kind, '导入模板'),
  }),
});

const fileName = (kind: ImportKind, what: string): string => `${importDefinition(kind).title['zh-CN']}-${what}.xlsx`;

export const importRoutes: readonly Route[] = [stage, list, read, rows, commit, undo, faultyRows, template];
