import { setTimeout as pause } from 'node:timers/promises';
import type { Ruleset } from '../../schemas/ruleset.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

const RULE_SET = 'credit.x-certificate';
const FACT = 'contentOverlap';
/** Three per cent more of a course's content, so that what was judged to cover 82 % no longer will do. */
const RAISED_BY = 300;
const JUST_ABOVE = {
  kind: 'x_certificate',
  outcomeName: '智能线运行与维护',
  level: null,
  courseCode: 'JD301',
  overlap: 8200,
  source: '示例：专业负责人的判断',
};
const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 180_000;

export interface RuleChange {
  /** Verdicts that the preview said would change, and that did. */
  changed: number;
  /** Where the two differ, as `student course from->to`. */
  breaches: string[];
}

/**
 * In the middle of a term an editor raises a threshold of a credit rule, looks at whom it would change, submits; somebody else
 * approves and publishes. What really changed must be what the preview said, verdict by verdict. Then the old content comes back
 * as a new revision, in the same way.
 */
export async function changeRule(world: World): Promise<RuleChange> {
  await world.people.leader.post('/v1/outcome-matches', JUST_ABOVE);
  const raised = await publishChange(world, { from: 'in_force', edit: raise });
  const back = await publishChange(world, { from: 'revision', revision: 1, edit: (document) => document });
  const nobody = raised.changed === 0 ? [`rule change: nobody was changed by ${RULE_SET}`] : [];
  return { changed: raised.changed + back.changed, breaches: [...nobody, ...raised.breaches, ...back.breaches] };
}

interface Change {
  from: 'in_force' | 'revision';
  revision?: number;
  edit(document: Ruleset): Ruleset;
}

async function publishChange(world: World, { edit, ...origin }: Change): Promise<RuleChange> {
  const { editor, approver, registrar } = world.people;
  const { today } = await registrar.get<{ today: string }>('/v1/college');
  const { draft } = await editor.post<{ draft: string }>('/v1/rule-drafts', { ...origin, ruleSet: RULE_SET });
  const opened = await editor.get<{ document: Ruleset; version: number }>(`/v1/rule-drafts/${draft}`);
  const document = changedFrom(edit(opened.document), today);
  const saved = await editor.put<{ version: number }>(`/v1/rule-drafts/${draft}`, { document }, opened.version);
  const frozen = await editor.post<Frozen>(`/v1/rule-drafts/${draft}/submit`, {}, saved.version);
  const preview = await previewOf(editor, frozen.revision);
  const before = await answers(world);
  await decideOn(approver, frozen, preview);
  const after = await answers(world);
  return compare(await foreseen(editor, preview.id), differing(before, after));
}

interface Frozen {
  revision: string;
  hash: string;
}

interface Preview {
  id: string;
  hash: string;
}

/** Whatever raises the bar for a fact, tests and all. */
function raise(document: Ruleset): Ruleset {
  const moved = JSON.parse(JSON.stringify(document), function raiseBar(this: unknown, key: string, value: unknown) {
    const leaf = this as { fact?: unknown };
    const bar = (key === 'value' && leaf.fact === FACT) || key === FACT;
    return bar && typeof value === 'number' ? value + RAISED_BY : value;
  }) as Ruleset;
  return moved;
}

function changedFrom(document: Ruleset, today: string): Ruleset {
  const reason = { 'zh-CN': '演示：学期中调整', en: 'Demonstration: changed during the term' };
  return { ...document, validity: { ...document.validity, from: today }, change: { ...document.change, reason } };
}

interface Publication {
  preview: { id: string; hash: string; state: string } | null;
  proofs: { differenceHash: string } | null;
}

/** The preview that the publication asked for; a college without a decision yet asks for none, and the editor does. */
async function previewOf(editor: Client, revision: string): Promise<Preview> {
  const until = performance.now() + PATIENCE_MS;
  for (let asked: string | undefined; performance.now() < until; await pause(LOOK_EVERY_MS)) {
    const { preview, previewAsked } = await editor.get<Publication & { previewAsked: boolean }>(
      `/v1/rule-revisions/${revision}/publication`,
    );
    if (preview?.state === 'done') return preview;
    if (preview?.state === 'failed') throw new Error(`the preview of ${revision} failed`);
    if (!previewAsked && asked === undefined)
      asked = (await editor.post<{ preview: string }>('/v1/previews', { revisionId: revision })).preview;
  }
  throw new Error(`no preview of ${revision} within ${PATIENCE_MS / 1000} s`);
}

async function decideOn(approver: Client, { revision, hash }: Frozen, preview: Preview): Promise<void> {
  const { proofs } = await approver.get<Publication>(`/v1/rule-revisions/${revision}/publication`);
  const tuple = { hash, preview: preview.hash, ...(proofs ? { difference: proofs.differenceHash } : {}) };
  await approver.post(`/v1/rule-revisions/${revision}/approve`, tuple);
  await approver.post(`/v1/rule-revisions/${revision}/publish`, { hash });
}

interface OutcomeItem {
  id: string;
  kind: string;
  spentOn: string | null;
}

interface Answer {
  course: { id: string };
  verdict: { type: string; params?: Record<string, unknown> };
}

type Answers = Map<string, { type: string; said: string }>;

/** What every unspent certificate would be worth today, course by course. */
async function answers({ people, roll }: World): Promise<Answers> {
  const found: Answers = new Map();
  for (const { id: studentId } of roll.values()) {
    const { items } = await people.registrar.get<{ items: OutcomeItem[] }>(`/v1/students/${studentId}/outcomes`);
    for (const { id: outcomeId } of items.filter(({ kind, spentOn }) => kind === 'x_certificate' && spentOn === null)) {
      const asked = { purpose: 'credit', outcomeId, studentId };
      const worth = await people.registrar.post<{ answers: Answer[] }>('/v1/equivalences/evaluate', asked);
      for (const { course, verdict } of worth.answers)
        found.set(`${studentId} ${course.id} ${outcomeId}`, {
          type: verdict.type,
          said: JSON.stringify([verdict.type, verdict.params ?? {}]),
        });
    }
  }
  return found;
}

/** As a preview names them: it knows students and courses, not outcomes. */
function differing(before: Answers, after: Answers): string[] {
  return [...after].flatMap(([key, now]) => {
    const was = before.get(key);
    if (was === undefined || was.said === now.said) return [];
    return [`${key.split(' ').slice(0, 2).join(' ')} ${was.type}->${now.type}`];
  });
}

interface PreviewChange {
  student: { id: string };
  course: { id: string } | null;
  change: string;
  before: { type: string };
  after: { type: string };
}

async function foreseen(editor: Client, preview: string): Promise<string[]> {
  const found: string[] = [];
  for (let after = 0; ; ) {
    const page = await editor.get<{ items: PreviewChange[]; next: number | null }>(
      `/v1/previews/${preview}/changes?limit=200&after=${after}`,
    );
    for (const one of page.items.filter(({ change }) => change !== 'reason'))
      found.push(`${one.student.id} ${one.course?.id ?? ''} ${one.before.type}->${one.after.type}`);
    if (page.next === null) return found;
    after = page.next;
  }
}

function compare(expected: readonly string[], actual: readonly string[]): RuleChange {
  const open = [...actual];
  const breaches: string[] = [];
  for (const one of expected) {
    const at = open.indexOf(one);
    if (at < 0) breaches.push(`rule change: foreseen, but did not happen: ${one}`);
    else open.splice(at, 1);
  }
  for (const one of open) breaches.push(`rule change: happened unforeseen: ${one}`);
  return { changed: expected.length, breaches };
}
