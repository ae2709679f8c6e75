import { parseStrictJson } from '../../rules/strict-json.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { listBindings, listRuleSets, readRuleSet } from '../../register/rules/read-rule-sets.ts';
import { readRevision } from '../../register/rules/read-revision.ts';
import { Nothing } from '../../schemas/api/common.ts';
import {
  BindingList,
  BindInput,
  Bound,
  ByRevision,
  ByRuleSet,
  FreezeInput,
  Frozen,
  RevisionView,
  RuleSetList,
  RuleSetView,
} from '../../schemas/api/rules.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['rules'];
const DOCUMENT_LIMIT = 1_100_000;

const list = defineRoute({
  method: 'get',
  path: '/v1/rule-sets',
  permission: 'rules.read',
  input: Nothing,
  output: RuleSetList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '规则库', en: 'The rule library' },
  handle: ({ register, by }) => listRuleSets(register, by),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/rule-sets/{id}',
  permission: 'rules.read',
  input: ByRuleSet,
  output: RuleSetView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '规则集及其修订版', en: 'A rule set with its revisions' },
  handle: ({ register, by, input }) => readRuleSet(register, by, input.id),
});

const revision = defineRoute({
  method: 'get',
  path: '/v1/rule-sets/{id}/revisions/{revision}',
  permission: 'rules.read',
  input: ByRevision,
  output: RevisionView,
  refuses: [],
  tags,
  summary: {
    'zh-CN': '修订版：文件、句子、来源、审批与测试',
    en: 'A revision: document, sentences, sources, approvals, tests',
  },
  handle: ({ register, by, input }) => readRevision(register, by, input),
});

const freeze = defineRoute({
  method: 'post',
  path: '/v1/rule-sets/revisions',
  permission: 'rules.edit',
  input: FreezeInput,
  output: Frozen,
  status: 201,
  refuses: ['rule_document_faulty', 'rule_tests_failed', 'draft_already_frozen', 'stale'],
  command: true,
  bodyLimit: DOCUMENT_LIMIT,
  tags,
  summary: { 'zh-CN': '冻结规则文件为下一修订版', en: 'Freeze a document as the next revision' },
  handle: ({ register, call, rawBody }) => {
    // read once more as it came: JSON.parse has kept the last of two equal keys in silence
    parseStrictJson(rawBody);
    return freezeRevision(register, call);
  },
});

const bindings = defineRoute({
  method: 'get',
  path: '/v1/rule-bindings',
  permission: 'rules.read',
  input: Nothing,
  output: BindingList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '规则绑定', en: 'Which rule set answers which purpose' },
  handle: ({ register, by }) => listBindings(register, by),
});

const bind = defineRoute({
  method: 'post',
  path: '/v1/rule-bindings',
  permission: 'rules.publish',
  input: BindInput,
  output: Bound,
  status: 201,
  refuses: ['not_found'],
  command: true,
  tags,
  summary: { 'zh-CN': '绑定规则集与用途', en: 'Bind a rule set to a purpose' },
  handle: command(bindRuleSet),
});

export const ruleRoutes: readonly Route[] = [list, read, revision, freeze, bindings, bind];
