import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { compareRevisions } from '../../register/rules/publication/compare-revisions.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { readPublication } from '../../register/rules/publication/read-publication.ts';
import { returnRevision } from '../../register/rules/publication/return-revision.ts';
import { resumeRevision, suspendRevision, withdrawRevision } from '../../register/rules/publication/stop-revision.ts';
import { listTouched } from '../../register/rules/publication/touched.ts';
import { submitDraft } from '../../register/rules/publication/submit-draft.ts';
import { ById } from '../../schemas/api/common.ts';
import { DifferenceView, DraftMade } from '../../schemas/api/rule-drafts.ts';
import {
  ApproveInput,
  DifferenceInput,
  PublicationView,
  ReturnInput,
  StopInput,
  StoppedView,
  SubmitDraftInput,
  TouchedInput,
  TouchedPage,
} from '../../schemas/api/rule-publication.ts';
import { Approved, ForHash, Frozen, Published } from '../../schemas/api/rules.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['rules'];
const waiting = ['rule_hash_mismatch', 'rule_already_published', 'rule_not_frozen'] as const;
const proofs = [
  'rule_proofs_missing',
  'rule_findings_open',
  'rule_preview_missing',
  'rule_preview_outdated',
] as const satisfies readonly ProblemCode[];

const submit = defineRoute({
  method: 'post',
  path: '/v1/rule-drafts/{id}/submit',
  permission: 'rules.edit',
  input: SubmitDraftInput,
  output: Frozen,
  status: 201,
  refuses: [
    'rule_document_faulty',
    'rule_draft_too_heavy',
    'rule_tests_failed',
    'rule_findings_open',
    'rule_retroactive_undeclared',
    'draft_already_frozen',
    'draft_ended',
    'stale',
  ],
  command: true,
  versioned: 'if-match',
  tags,
  summary: {
    'zh-CN': '提交发布：测试、分析、比对后冻结为下一修订版',
    en: 'Submit for publication: proved, then frozen as the next revision',
  },
  handle: command(submitDraft),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/rule-revisions/{id}/publication',
  permission: 'rules.try',
  input: ById,
  output: PublicationView,
  refuses: [],
  tags,
  summary: {
    'zh-CN': '修订版的发布过程：证明、预览、审批与可办事项',
    en: 'The publication of a revision: proofs, preview, approvals, and what you may do',
  },
  handle: ({ register, by, input }) => readPublication(register, by, input.id),
});

const ofRevision = <I extends { id: string }>({ id, ...rest }: I) => ({ revisionId: id, ...rest });

const approve = defineRoute({
  method: 'post',
  path: '/v1/rule-revisions/{id}/approve',
  permission: 'rules.approve',
  input: ApproveInput,
  output: Approved,
  refuses: [...waiting, ...proofs, 'rule_proofs_changed', 'second_person_required'],
  command: true,
  tags,
  summary: {
    'zh-CN': '审批修订版（文件、差异与预览）',
    en: 'Approve the revision with this hash, difference and preview',
  },
  handle: ({ register, call }) => approveRevision(register, { ...call, input: ofRevision(call.input) }),
});

const sendBack = (act: 'return' | 'take-back') =>
  defineRoute({
    method: 'post',
    path: `/v1/rule-revisions/{id}/${act}`,
    permission: act === 'return' ? 'rules.approve' : 'rules.edit',
    input: ReturnInput,
    output: DraftMade,
    refuses: waiting,
    command: true,
    tags,
    summary:
      act === 'return'
        ? { 'zh-CN': '退回修订版，附理由；原文转为新草稿', en: 'Send a revision back with a reason; a new draft opens' }
        : { 'zh-CN': '撤回送审的修订版；原文转为新草稿', en: 'Take a submitted revision back; a new draft opens' },
    handle: ({ register, call }) => returnRevision(register, { ...call, input: ofRevision(call.input) }),
  });

const publish = defineRoute({
  method: 'post',
  path: '/v1/rule-revisions/{id}/publish',
  permission: 'rules.publish',
  input: ForHash,
  output: Published,
  refuses: [...waiting, ...proofs, 'approvals_missing', 'rule_retroactive_undeclared'],
  command: true,
  tags,
  summary: { 'zh-CN': '发布修订版', en: 'Publish an approved revision' },
  handle: ({ register, call }) => publishRevision(register, { ...call, input: ofRevision(call.input) }),
});

const suspend = defineRoute({
  method: 'post',
  path: '/v1/rule-revisions/{id}/suspend',
  permission: 'rules.suspend',
  input: StopInput,
  output: StoppedView,
  refuses: ['rule_not_published', 'rule_suspended'],
  command: true,
  tags,
  summary: { 'zh-CN': '暂停：立即生效，所有情形转人工', en: 'Suspend at once: every case goes to a person' },
  handle: ({ register, call }) => suspendRevision(register, { ...call, input: ofRevision(call.input) }),
});

const resume = defineRoute({
  method: 'post',
  path: '/v1/rule-revisions/{id}/resume',
  permission: 'rules.suspend',
  input: StopInput,
  output: StoppedView,
  refuses: ['rule_not_published', 'rule_not_suspended', 'second_person_required'],
  command: true,
  tags,
  summary: { 'zh-CN': '恢复：须两人', en: 'Resume: takes two people' },
  handle: ({ register, call }) => resumeRevision(register, { ...call, input: ofRevision(call.input) }),
});

const withdraw = defineRoute({
  method: 'post',
  path: '/v1/rule-revisions/{id}/withdraw',
  permission: 'rules.suspend',
  input: StopInput,
  output: StoppedView,
  refuses: ['rule_not_published', 'second_person_required'],
  command: true,
  tags,
  summary: { 'zh-CN': '撤销已发布的修订版：须两人', en: 'Withdraw a published revision: takes two people' },
  handle: ({ register, call }) => withdrawRevision(register, { ...call, input: ofRevision(call.input) }),
});

const touched = defineRoute({
  method: 'get',
  path: '/v1/rule-revisions/{id}/touches',
  permission: 'rules.approve',
  input: TouchedInput,
  output: TouchedPage,
  refuses: [],
  tags,
  summary: {
    'zh-CN': '追溯适用时触及的已作决定',
    en: 'Issued decisions that a retroactive revision touches',
  },
  handle: ({ register, by, input }) => listTouched(register, by, input),
});

const difference = defineRoute({
  method: 'get',
  path: '/v1/rule-sets/{id}/difference',
  permission: 'rules.try',
  input: DifferenceInput,
  output: DifferenceView,
  refuses: ['rule_draft_too_heavy'],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '任意两个修订版的差异', en: 'The exact difference between two revisions' },
  handle: ({ register, by, input }) => compareRevisions(register, by, input),
});

export const rulePublicationRoutes: readonly Route[] = [
  submit,
  read,
  approve,
  sendBack('return'),
  sendBack('take-back'),
  publish,
  suspend,
  resume,
  withdraw,
  touched,
  difference,
];
