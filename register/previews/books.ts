import type { Tx } from '../../db/tx.ts';
import { hashOf } from '../../rules/canonical.ts';
import type { Hash } from '../../rules/canonical.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import type { RuleBook } from '../rules/rule-book.ts';

export interface Books {
  /** As it answers now. */
  base: RuleBook;
  /** As it would answer with the draft published now. */
  draft: RuleBook;
}

export async function openBooks(
  tx: Tx,
  { collegeId, knownAt, draft }: { collegeId: string; knownAt: string; draft: LoadedRuleset },
): Promise<Books> {
  const base = await openRuleBook(tx, collegeId, knownAt);
  return { base, draft: base.withDraft(draft) };
}

interface Asked {
  collegeId: string;
  ruleSet: string;
  knownAt: string;
}

/**
 * One hash over all that a preview was compared with: what is bound for the purposes of this rule set and for the policy, and what
 * has happened to the revisions bound there. Anything published, suspended or bound among them makes another one.
 */
export async function bookHashOf(tx: Tx, { collegeId, ruleSet, knownAt }: Asked): Promise<Hash> {
  const all: { purpose: string; scope: string; rule_set: string; from_on: string }[] = await tx('rule_bindings')
    .where({ college_id: collegeId })
    .where('from_on', '<=', legalDateOf(knownAt))
    .orderBy(['purpose', 'scope', 'from_on', 'rule_set'])
    .select('purpose', 'scope', 'rule_set', 'from_on');
  const own = new Set(all.filter(({ rule_set: bound }) => bound === ruleSet).map(({ purpose }) => purpose));
  // a policy changes facts, and so whatever rests on them
  const bindings = own.has('policy') ? all : all.filter(({ purpose }) => own.has(purpose) || purpose === 'policy');
  const events = await tx('rule_events as v')
    .join('rule_revisions as r', 'r.id', 'v.revision_id')
    .where('r.college_id', collegeId)
    .where('v.at', '<=', knownAt)
    .whereIn('r.rule_set', [ruleSet, ...bindings.map(({ rule_set: bound }) => bound)])
    .orderBy(['r.rule_set', 'r.revision', 'v.at', 'v.id'])
    .select('r.hash', 'v.kind', 'v.at');
  return hashOf({ bindings, events: events.map(({ hash, kind, at }) => ({ hash, kind, at })) });
}
