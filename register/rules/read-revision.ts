import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { runTests } from '../../rules/run-tests.ts';
import { documentSentences } from '../../rules/sentences.ts';
import type { RevisionItem, RevisionView } from '../../schemas/api/rules.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { loadedByHash } from './loaded.ts';
import { approvalsNeeded } from './publication.ts';
import type { RevisionRow } from './revision-row.ts';
import { readRuleSet } from './read-rule-sets.ts';

/** One revision to read and to judge: its sentences, its sources, who approved this very hash, and its own tests run now. */
export async function readRevision(
  register: Register,
  by: Principal,
  { id, revision }: { id: string; revision: number },
): Promise<RevisionView> {
  const set = await readRuleSet(register, by, id);
  const head = set.revisions.find((one) => one.revision === revision);
  if (!head) throw new Problem('not_found');
  const { row, approvals, needed } = await readTx(register.db, (tx) =>
    readApprovals(register, tx, { head, collegeId: collegeOf(by) }),
  );
  const loaded = loadedByHash(row.hash, row.document);
  const { doc } = loaded;
  const tests = await runTests(loaded);
  return {
    ...head,
    ruleSet: id,
    title: doc.title,
    document: JSON.parse(row.document),
    sentences: { 'zh-CN': documentSentences(doc, 'zh-CN'), en: documentSentences(doc, 'en') },
    sources: sourcesOf(doc),
    approvals,
    approvalsNeeded: needed,
    tests: tests.map(({ name, passed, expected, got, faults }, index) => ({
      name,
      passed,
      facts: { ...doc.tests.base, ...doc.tests.cases[index]!.facts } as RevisionView['tests'][number]['facts'],
      expected,
      got: got.type,
      faults,
    })),
  };
}

interface Asked {
  head: RevisionItem;
  collegeId: string;
}

async function readApprovals({ systemClock }: Register, tx: Tx, { head, collegeId }: Asked) {
  const row: RevisionRow | undefined = await tx('rule_revisions').where({ id: head.id, college_id: collegeId }).first();
  if (!row) throw new Problem('not_found');
  const rows: { id: string; name: string | null; at: string }[] = await tx('rule_approvals as a')
    .leftJoin('users as u', 'u.id', 'a.approver_id')
    .where({ 'a.revision_id': head.id, 'a.hash': head.hash })
    .orderBy(['a.at', 'a.id'])
    .select({ id: 'a.approver_id', name: 'u.display_name', at: 'a.at' });
  const { now } = await collegeTime(tx, systemClock, collegeId);
  return {
    row,
    approvals: rows.map(({ id, name, at }) => ({ approver: { id, name }, at })),
    needed: await approvalsNeeded(tx, row, head.publishedAt ?? now),
  };
}

function sourcesOf({ sources }: Ruleset): RevisionView['sources'] {
  return Object.entries(sources).map(([key, source]) => ({
    key,
    title: source.title,
    number: source.number ?? null,
    unconfirmed: source.unconfirmed === true,
    articles: Object.entries(source.articles).map(([article, text]) => ({ article, text })),
  }));
}
