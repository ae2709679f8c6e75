import { readTx } from '../../../db/read-tx.ts';
import { lintRuleset } from '../../../rules/dialect.ts';
import { withTableRules } from '../../../rules/from-table.ts';
import { loadRuleset } from '../../../rules/load.ts';
import { documentSentences } from '../../../rules/sentences.ts';
import type { DraftChecks } from '../../../schemas/api/rule-drafts.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { runHere } from '../draft-runner.ts';
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
  const nothing = { hash: null, sentences: null, tests: null, analysis: null, difference: null };
  if (faults.length > 0) return { ...nothing, faults, base: from };
  const { doc, hash } = loadRuleset(document);
  const wanted = new Set(input.parts ?? ['tests', 'analysis', 'difference']);
  return {
    ...nothing,
    faults,
    hash,
    base: from,
    sentences: { 'zh-CN': documentSentences(doc, 'zh-CN'), en: documentSentences(doc, 'en') },
    tests: wanted.has('tests') ? await runHere.tests(document) : null,
  };
}

/** The document asked about, and what answers today in its stead. */
export async function draftAndBase(
  register: Register,
  by: Principal,
  { id, document }: { id: string; document?: unknown },
): Promise<{ document: unknown; base: RevisionRow | null }> {
  if (document !== undefined) harmless(document);
  return readTx(register.db, async (tx) => {
    const collegeId = collegeOf(by);
    const draft = await findDraft(tx, { id, collegeId });
    const { today } = await collegeTime(tx, register.systemClock, collegeId);
    const base = await inForce(tx, { collegeId, ruleSet: draft.rule_set, today });
    return { document: withTableRules(document ?? JSON.parse(draft.document)), base: base ?? null };
  });
}
