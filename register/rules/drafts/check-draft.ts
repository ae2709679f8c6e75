import { readTx } from '../../../db/read-tx.ts';
import { lintRuleset } from '../../../rules/dialect.ts';
import { withTableRules } from '../../../rules/from-table.ts';
import type { GateReport } from '../../../rules/gate-tests.ts';
import { loadRuleset } from '../../../rules/load.ts';
import { documentSentences } from '../../../rules/sentences.ts';
import type { DraftChecks } from '../../../schemas/api/rule-drafts.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { analyseAmongOthers } from '../analyse-among-others.ts';
import { inForce } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';
import { findDraft, harmless } from './draft-rows.ts';

export interface CheckDraft {
  id: string;
  document?: unknown;
  parts?: ('tests' | 'analysis' | 'difference')[] | undefined;
}

/** Everything the editor wants to know of a document as it stands, or as it is being typed. Stores nothing. */
export async function checkDraft(register: Register, by: Principal, input: CheckDraft): Promise<DraftChecks> {
  const { document, base } = await draftAndBase(register, by, input);
  const faults = lintRuleset(document);
  const from = base && { revision: base.revision, hash: base.hash };
  const nothing = { hash: null, sentences: null, tests: null, asked: null, analysis: null, difference: null };
  if (faults.length > 0) return { ...nothing, faults, base: from };
  const loaded = loadRuleset(document);
  const { doc, hash } = loaded;
  const wanted = new Set(input.parts ?? ['tests', 'analysis', 'difference']);
  const { drafts } = register;
  return {
    ...nothing,
    faults,
    hash,
    base: from,
    sentences: { 'zh-CN': documentSentences(doc, 'zh-CN'), en: documentSentences(doc, 'en') },
    ...(wanted.has('tests') ? testsShown(await drafts.tests(document)) : {}),
    analysis: wanted.has('analysis') ? await analyseAmongOthers(register, loaded, collegeOf(by)) : null,
    difference: base && wanted.has('difference') ? await drafts.difference(JSON.parse(base.document), document) : null,
  };
}

/** The tests as they came out, and whether they ask enough. */
export function testsShown({ tests, passed, faults, mutation }: GateReport): Pick<DraftChecks, 'tests' | 'asked'> {
  const { percent, broken, total } = mutation;
  return { tests, asked: { passed, faults, mutation: { percent, broken, total } } };
}

/** The document asked about, and what answers today in its stead. */
export async function draftAndBase(
  register: Register,
  by: Principal,
  { id, document }: { id: string; document?: unknown },
): Promise<{ document: object; base: RevisionRow | null }> {
  if (document !== undefined) harmless(document);
  return readTx(register.db, async (tx) => {
    const collegeId = collegeOf(by);
    const draft = await findDraft(tx, { id, collegeId });
    const { today } = await collegeTime(tx, register.systemClock, collegeId);
    const base = await inForce(tx, { collegeId, ruleSet: draft.rule_set, today });
    // both have passed harmless(), so they are objects
    return { document: withTableRules(document ?? JSON.parse(draft.document)) as object, base: base ?? null };
  });
}
