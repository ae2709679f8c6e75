import { regulationWorkbook } from '../../documents/spreadsheet/regulation.ts';
import { XLSX_TYPE } from '../../documents/spreadsheet/write.ts';
import { fileRegulation } from '../../register/regulations/file-regulation.ts';
import { markArticle } from '../../register/regulations/mark-article.ts';
import { listRegulations, readRegulation } from '../../register/regulations/read-regulations.ts';
import { ById, Nothing } from '../../schemas/api/common.ts';
import {
  Filed,
  FileRegulationInput,
  MarkArticleInput,
  Marked,
  RegulationList,
  RegulationView,
} from '../../schemas/api/regulations.ts';
import { media } from '../answers.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['rules'];

const list = defineRoute({
  method: 'get',
  path: '/v1/regulations',
  permission: 'rules.read',
  input: Nothing,
  output: RegulationList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '归档的制度文件与条款覆盖', en: 'Filed regulations and how far rules carry them out' },
  handle: ({ register, by }) => listRegulations(register, by),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/regulations/{id}',
  permission: 'rules.read',
  input: ById,
  output: RegulationView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '逐条覆盖', en: 'A regulation article by article' },
  handle: ({ register, by, input }) => readRegulation(register, by, input.id),
});

const file = defineRoute({
  method: 'post',
  path: '/v1/regulations',
  permission: 'rules.edit',
  input: FileRegulationInput,
  output: Filed,
  status: 201,
  refuses: ['regulation_already_filed'],
  command: true,
  bodyLimit: 1_100_000,
  tags,
  summary: { 'zh-CN': '归档制度文件', en: 'File a regulation word for word' },
  handle: command(fileRegulation),
});

const mark = defineRoute({
  method: 'post',
  path: '/v1/regulations/{id}/marks',
  permission: 'rules.edit',
  input: MarkArticleInput,
  output: Marked,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '标注条款由人工办理或待落实', en: 'Say that an article is carried out by hand, or open' },
  handle: command(markArticle),
});

const workbook = defineRoute({
  method: 'get',
  path: '/v1/regulations/{id}/workbook',
  permission: 'rules.read',
  input: ById,
  output: media.file,
  refuses: [],
  limit: 'export',
  tags,
  summary: { 'zh-CN': '下载条款覆盖表', en: 'The coverage as a workbook' },
  handle: async ({ register, by, input }) => {
    const regulation = await readRegulation(register, by, input.id);
    return {
      contentType: XLSX_TYPE,
      body: await regulationWorkbook(regulation),
      name: `条款覆盖-${regulation.title['zh-CN']}.xlsx`,
    };
  },
});

export const regulationRoutes: readonly Route[] = [list, read, file, mark, workbook];
