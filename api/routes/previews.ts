import { listPreviews, readPreview } from '../../register/previews/read-preview.ts';
import { readChanges } from '../../register/previews/read-changes.ts';
import { readStudentPreview } from '../../register/previews/read-student.ts';
import { startPreview } from '../../register/previews/start-preview.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import { ById } from '../../schemas/api/common.ts';
import {
  ByPreviewStudent,
  ChangeList,
  ListChangesInput,
  ListPreviewsInput,
  PreviewPage,
  PreviewStarted,
  PreviewView,
  StartPreviewInput,
  StudentPreview,
} from '../../schemas/api/previews.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['previews'];

const start = defineRoute({
  method: 'post',
  path: '/v1/previews',
  permission: 'previews.run',
  input: StartPreviewInput,
  output: PreviewStarted,
  status: 202,
  refuses: ['rule_document_faulty', 'rule_already_published'],
  command: true,
  bodyLimit: 1_100_000,
  tags,
  summary: { 'zh-CN': '发起影响预览', en: 'Start an impact preview of a document not yet published' },
  handle: ({ register, call, rawBody }) => {
    parseStrictJson(rawBody);
    return startPreview(register, call);
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/previews',
  permission: 'previews.read',
  input: ListPreviewsInput,
  output: PreviewPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '影响预览列表', en: 'List impact previews' },
  handle: ({ register, by, input }) => listPreviews(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/previews/{id}',
  permission: 'previews.read',
  input: ById,
  output: PreviewView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '影响预览：进度与结果', en: 'An impact preview: progress and result' },
  handle: ({ register, by, input }) => readPreview(register, by, input.id),
});

const changes = defineRoute({
  method: 'get',
  path: '/v1/previews/{id}/changes',
  permission: 'previews.read',
  input: ListChangesInput,
  output: ChangeList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '受影响的学生', en: 'Whom a preview changes, and the condition that turned' },
  handle: ({ register, by, input }) => readChanges(register, by, input),
});

const student = defineRoute({
  method: 'get',
  path: '/v1/previews/{id}/students/{studentId}',
  permission: 'previews.read',
  input: ByPreviewStudent,
  output: StudentPreview,
  refuses: [],
  tags,
  summary: { 'zh-CN': '一名学生：两种结论对照', en: 'One student: both explanations side by side' },
  handle: ({ register, by, input }) => readStudentPreview(register, by, input),
});

export const previewRoutes: readonly Route[] = [start, list, read, changes, student];
