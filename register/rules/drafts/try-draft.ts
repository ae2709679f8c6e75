import { readTx } from '../../../db/read-tx.ts';
import type { Tx } from '../../../db/tx.ts';
import { agree, decideByReference, decideWithTrace } from '../../../rules/decide.ts';
import { explain, outcomeText } from '../../../rules/explain.ts';
import type { Reason } from '../../../rules/explain.ts';
import { loadRuleset } from '../../../rules/load.ts';
import type { LoadedRuleset } from '../../../rules/load.ts';
import { nearMisses } from '../../../rules/near-misses.ts';
import type { Facts } from '../../../rules/verdict.ts';
import type { TrialView } from '../../../schemas/api/rule-drafts.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import { actingUnder } from '../../accounts/principal.ts';
import { collegeTime } from '../../college/clock.ts';
import { readCreditGround } from '../../facts/outcome-course.ts';
import { readOutcomeFacts } from '../../facts/outcome.ts';
import { readPathwayFacts } from '../../facts/pathway.ts';
import type { Register } from '../../register.ts';
import { requireEnrolmentInScope } from '../../students/require-in-scope.ts';
import { loadedByHash } from '../loaded.ts';
import { inForce } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';
import { openRuleBook } from '../rule-book.ts';
import { draftAndBase } from './check-draft.ts';

export interface TryDraft {
  id: string;
  document?: unknown;
  facts?: Facts | undefined;
  pathwayId?: string | undefined;
  outcomeId?: string | undefined;
  courseId?: string | undefined;
  date?: string | undefined;
}

/** What a draft would say of these facts, beside what is said of them today. Nothing is stored. */
export async function tryDraft(register: Register, by: Principal, input: TryDraft): Promise<TrialView> {
  const { document, base } = await draftAndBase(register, by, input);
  return tryDocument(register, by, { document, base, input });
}

export type TryRevision = Omit<TryDraft, 'id' | 'document'> & { ruleSet: string; revision: number };

/** The same for a revision, whatever has become of it. */
export async function tryRevision(register: Register, by: Principal, input: TryRevision): Promise<TrialView> {
  const { document, base } = await readTx(register.db, async (tx) => {
    const collegeId = collegeOf(by);
    const { today } = await collegeTime(tx, register.systemClock, collegeId);
    const { ruleSet, revision } = input;
    const row = await tx('rule_revisions').where({ college_id: collegeId, rule_set: ruleSet, revision }).first();
    if (!row) throw new Problem('not_found');
    const base = (await inForce(tx, { collegeId, ruleSet, today })) ?? null;
    return { document: JSON.parse(row.document) as object, base };
  });
  return tryDocument(register, by, { document, base, input });
}

interface Tried {
  document: object;
  base: Pick<RevisionRow, 'hash' | 'document'> | null;
  input: Question;
}

type Question = Omit<TryDraft, 'id' | 'document'>;

async function tryDocument(register: Register, by: Principal, { document, base, input }: Tried): Promise<TrialView> {
  const loaded = loadRuleset(document);
  const { facts, seen } = await factsAsked(register, by, { input, loaded });
  const hidden = seen ? [] : personalFacts(loaded);
  const inForce = base && (await trial(loadedByHash(base.hash, base.document), facts, hidden));
  const draft = await draftTrial(register, { document, facts: declared(loaded, facts), hidden });
  const shown = Object.fromEntries(Object.entries(facts).filter(([fact]) => !hidden.includes(fact)));
  return {
    facts: shown as TrialView['facts'],
    hidden,
    draft: draft.view,
    inForce: inForce?.view ?? null,
    evaluatorsAgree: draft.agree && (inForce?.agree ?? true),
  };
}

async function trial(
  loaded: LoadedRuleset,
  given: Facts,
  hidden: readonly string[],
): Promise<{ view: TrialView['draft']; agree: boolean }> {
  const facts = declared(loaded, given);
  const traced = decideWithTrace(loaded, facts);
  const { trace: _, ...verdict } = traced;
  const reasons = explain(loaded, traced, facts).map(masking(hidden));
  const misses = verdict.type === 'deny' && hidden.length === 0 ? nearMisses(loaded, facts).misses : [];
  const title = outcomeText(loaded.doc, verdict);
  return {
    view: { verdict, title, reasons, nearMisses: misses },
    agree: agree(traced, await decideByReference(loaded, facts)),
  };
}

interface Trying {
  document: object;
  facts: Facts;
  hidden: readonly string[];
}

/** What nobody has approved runs where it can do no harm. */
async function draftTrial(register: Register, { document, facts, hidden }: Trying) {
  const { verdict: traced, title, reasons, nearMisses: near, agree: same } = await register.drafts.try(document, facts);
  const { trace: _, ...verdict } = traced;
  const misses = verdict.type === 'deny' && hidden.length === 0 ? near.misses : [];
  return { view: { verdict, title, reasons: reasons.map(masking(hidden)), nearMisses: misses }, agree: same };
}

const HIDDEN = { 'zh-CN': '（内容不显示）', en: '(not shown)' };

const masking =
  (hidden: readonly string[]) =>
  (reason: Reason): Reason =>
    hidden.includes(reason.fact) ? { ...reason, got: null, gotText: HIDDEN, text: HIDDEN } : reason;

/** Of facts read for a cohort only those the document knows; a fact typed that it does not know is a slip. */
function declared({ doc }: LoadedRuleset, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => Object.hasOwn(doc.facts, fact)));
}

function personalFacts({ doc }: LoadedRuleset): string[] {
  return Object.entries(doc.facts)
    .filter(([, fact]) => fact.sensitivity === 'personal')
    .map(([id]) => id);
}

interface Asked {
  input: Question;
  loaded: LoadedRuleset;
}

/** `seen`: whoever asks may look at that student anyway. */
async function factsAsked(
  register: Register,
  by: Principal,
  { input, loaded }: Asked,
): Promise<{ facts: Facts; seen: boolean }> {
  const ways = [input.facts, input.pathwayId, input.outcomeId].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw new Problem(
      'bad_input',
      ['/facts', '/pathwayId', '/outcomeId'].map((pointer) => ({ pointer, code: 'one_of_these_only' })),
    );
  if (input.facts) return { facts: typed(loaded, input.facts), seen: true };
  return readTx(register.db, async (tx) => {
    const { caseId, facts } = await recordedFacts(register, tx, { by, input });
    return { facts: declared(loaded, facts), seen: await maySee(tx, by, caseId) };
  });
}

function typed({ doc }: LoadedRuleset, facts: Facts): Facts {
  const unknown = Object.keys(facts).filter((fact) => !Object.hasOwn(doc.facts, fact));
  if (unknown.length === 0) return facts;
  throw new Problem(
    'bad_input',
    unknown.map((fact) => ({ pointer: `/facts/${fact}`, code: 'unknown_field' })),
  );
}

async function recordedFacts(
  register: Register,
  tx: Tx,
  { by, input }: { by: Principal; input: Question },
): Promise<{ caseId: string; facts: Facts }> {
  const collegeId = collegeOf(by);
  const time = await collegeTime(tx, register.systemClock, collegeId);
  const book = await openRuleBook(tx, collegeId, time.now);
  const on = input.date ?? time.today;
  if (input.pathwayId !== undefined) {
    const row = await tx('pathways').where({ id: input.pathwayId, college_id: collegeId }).first('enrolment_id');
    if (!row) throw new Problem('not_found');
    const [one] = await readPathwayFacts(tx, { book, time, pathwayIds: [input.pathwayId] });
    return { caseId: row.enrolment_id, facts: one!.facts };
  }
  const outcome = await tx('learning_outcomes').where({ id: input.outcomeId, college_id: collegeId }).first();
  if (!outcome) throw new Problem('not_found');
  const caseId: string = outcome.enrolment_id;
  if (input.courseId === undefined) return { caseId, facts: await readOutcomeFacts(tx, { outcome, on }) };
  const ground = await readCreditGround(tx, {
    book,
    time,
    enrolmentId: caseId,
    outcome,
    courseIds: [input.courseId],
    appliedOn: on,
  });
  const [course] = ground.courses;
  if (!course) throw new Problem('not_found');
  return { caseId, facts: course.facts };
}

async function maySee(tx: Tx, by: Principal, caseId: string): Promise<boolean> {
  const acting = actingUnder(by, 'students.read');
  if (!acting) return false;
  try {
    await requireEnrolmentInScope(tx, acting, caseId);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return false;
    throw error;
  }
}
