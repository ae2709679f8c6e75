import { checkDraft } from '../../register/rules/drafts/check-draft.ts';
import { createDraft } from '../../register/rules/drafts/create-draft.ts';
import { listDrafts, readDraft } from '../../register/rules/drafts/read-drafts.ts';
import { discardDraft, saveRuleDraft } from '../../register/rules/drafts/save-draft.ts';
import { tryDraft } from '../../register/rules/drafts/try-draft.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import { ById } from '../../schemas/api/common.ts';
import {
  CheckDraftInput,
  CreateDraftInput,
  DraftChecks,
  DraftList,
  DraftMade,
  DraftSaved,
  DraftView,
  ListDraftsInput,
  SaveDraftInput,
  TrialView,
  TryDraftInput,
} from '../../schemas/api/rule-drafts.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['rules'];
const bodyLimit = 1_100_000;

const list = defineRoute({
  method: 'get',
  path: '/v1/rule-drafts',
  permission: 'rules.try',
  input: ListDraftsInput,
  output: DraftList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '规则草稿', en: 'Open drafts of rules' },
  handle: ({ register, by, input }) => listDrafts(register, by, input),
});

const create = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts',
  permission: 'rules.edit',
  input: CreateDraftInput,
  output: DraftMade,
  status: 201,
  refuses: ['rule_document_faulty', 'rule_set_exists', 'not_found'],
  command: true,
  bodyLimit,
  tags,
  summary: {
    'zh-CN': '起草：从现行版本、旧版本、文件或空白开始',
    en: 'Open a draft from a revision, a document or nothing',
  },
  handle: ({ register, call, rawBody }) => {
    parseStrictJson(rawBody);
    return createDraft(register, call);
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/rule-drafts/{id}',
  permission: 'rules.try',
  input: ById,
  output: DraftView,
  refuses: [],
  versioned: 'etag',
  tags,
  summary: { 'zh-CN': '草稿及其问题', en: 'A draft with its faults' },
  handle: ({ register, by, input }) => readDraft(register, by, input.id),
});

const save = defineRoute({
  method: 'put',
  path: '/v1/rule-drafts/{id}',
  permission: 'rules.edit',
  input: SaveDraftInput,
  output: DraftSaved,
  refuses: ['rule_document_faulty', 'draft_ended'],
  command: true,
  versioned: 'if-match',
  bodyLimit,
  tags,
  summary: { 'zh-CN': '暂存草稿（有问题也保存）', en: 'Save a draft, faults and all' },
  handle: ({ register, call, rawBody }) => {
    // read once more as it came: JSON.parse has kept the last of two equal keys in silence
    parseStrictJson(rawBody);
    return saveRuleDraft(register, call);
  },
});

const discard = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts/{id}/discard',
  permission: 'rules.edit',
  input: ById,
  output: DraftMade,
  refuses: ['draft_ended'],
  command: true,
  tags,
  summary: { 'zh-CN': '放弃草稿', en: 'Put a draft away' },
  handle: command(discardDraft),
});

const check = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts/{id}/check',
  permission: 'rules.try',
  input: CheckDraftInput,
  output: DraftChecks,
  refuses: ['rule_document_faulty', 'rule_draft_too_heavy'],
  bodyLimit,
  limit: 'search',
  tags,
  summary: {
    'zh-CN': '检查草稿：问题、句子、测试、分析、与现行版本的差异（不保存）',
    en: 'Faults, sentences, tests, analysis and difference from the revision in force; stores nothing',
  },
  handle: ({ register, by, input }) => checkDraft(register, by, input),
});

const attempt = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts/{id}/try',
  permission: 'rules.try',
  input: TryDraftInput,
  output: TrialView,
  refuses: [
    'rule_document_faulty',
    'rule_draft_too_heavy',
    'fact_not_lawful',
    'rule_not_bound',
    'no_rule_for_date',
    'policy_undecided',
    'no_term',
  ],
  bodyLimit,
  limit: 'search',
  tags,
  summary: {
    'zh-CN': '试算草稿：填写的事实，或某条路径、某项成果（不保存）',
    en: 'What a draft says of typed facts, of a pathway or of an outcome; stores nothing',
  },
  handle: ({ register, by, input }) => tryDraft(register, by, input),
});

export const ruleDraftRoutes: readonly Route[] = [list, create, read, save, discard, check, attempt];
