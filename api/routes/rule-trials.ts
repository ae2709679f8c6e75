import { tryRevision } from '../../register/rules/drafts/try-draft.ts';
import { TrialView } from '../../schemas/api/rule-drafts.ts';
import { TryRevisionInput } from '../../schemas/api/rule-trials.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const attempt = defineRoute({
  method: 'post',
  path: '/v1/rule-sets/{id}/revisions/{revision}/try',
  permission: 'rules.try',
  input: TryRevisionInput,
  output: TrialView,
  refuses: [
    'rule_draft_too_heavy',
    'fact_not_lawful',
    'rule_not_bound',
    'no_rule_for_date',
    'policy_undecided',
    'no_term',
  ],
  limit: 'search',
  tags: ['rules'],
  summary: {
    'zh-CN': '试算某一版：填写的事实，或某条路径、某项成果（不保存）',
    en: 'What a revision says of typed facts, of a pathway or of an outcome; stores nothing',
  },
  handle: ({ register, by, input: { id, ...input } }) => tryRevision(register, by, { ...input, ruleSet: id }),
});

export const ruleTrialRoutes: readonly Route[] = [attempt];
