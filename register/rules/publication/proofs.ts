import type { Tx } from '../../../db/tx.ts';
import { COMPILED_VERSION } from '../../../rules/compile.ts';
import { hashOf } from '../../../rules/canonical.ts';
import type { Analysis, Finding } from '../../../rules/analysis/analyse.ts';
import type { Difference } from '../../../rules/analysis/difference.ts';
import type { GateReport } from '../../../rules/gate-tests.ts';
import type { LoadedRuleset } from '../../../rules/load.ts';
import { REFERENCE_VERSION } from '../../../rules/reference.ts';
import { canonicalJson } from '../../../schemas/canonical.ts';
import { Problem } from '../../../schemas/problem.ts';
import type { Fault } from '../../../schemas/problem.ts';
import type { Register } from '../../register.ts';
import { analyseAmongOthers } from '../analyse-among-others.ts';
import type { RevisionRow } from '../revision-row.ts';

/** What was proved of a document before anybody approved it. */
export interface Proof {
  documentHash: string;
  baseHash: string | null;
  tests: GateReport;
  analysis: Analysis;
  /** Null for the first of its rule set. */
  difference: Difference | null;
  differenceHash: string;
}

/** Of the analysis, or of the tests: what must be corrected, or waived by its name. */
type OpenFinding = Pick<Finding, 'name' | 'pointer' | 'text'> & { code: string };

export interface StoredProof {
  id: string;
  document_hash: string;
  base_hash: string | null;
  tests: string;
  analysis: string;
  difference: string;
  difference_hash: string;
  at: string;
}

interface Proving {
  loaded: LoadedRuleset;
  /** What answers in its stead now. */
  base: Pick<RevisionRow, 'hash' | 'document'> | null;
  collegeId: string;
}

/** Runs all that can be proved without looking at a student; no transaction is open meanwhile. */
export async function proveDocument(register: Register, { loaded, base, collegeId }: Proving): Promise<Proof> {
  const document = loaded.doc;
  const tests = await register.drafts.tests(document);
  const failed = tests.tests.filter(({ passed }) => !passed);
  if (failed.length > 0)
    throw new Problem(
      'rule_tests_failed',
      failed.map(({ name }) => ({ pointer: '/tests/cases', code: 'rule_test_failed', detail: { name } })),
    );
  const analysis = await analyseAmongOthers(register, loaded, collegeId);
  const difference = base && (await register.drafts.difference(JSON.parse(base.document), document));
  const baseHash = base?.hash ?? null;
  return {
    documentHash: loaded.hash,
    baseHash,
    tests,
    analysis,
    difference,
    differenceHash: hashOf({ document: loaded.hash, base: baseHash, difference }),
  };
}

/** What stands in the way: errors of the analysis, and rules whose tests do not test them. */
export function openFindings({ tests, analysis }: Pick<Proof, 'tests' | 'analysis'>): OpenFinding[] {
  return [...analysis.findings.filter(({ severity }) => severity === 'error'), ...tests.faults.flatMap(testFinding)];
}

const blocking = ['rule_never_tested', 'rule_always_holds_in_tests', 'tests_too_weak'];

/** Tests on both sides of a bound are asked for; that each rule is tested at all is demanded. */
function testFinding({ pointer, code, detail = {}, text }: Fault): OpenFinding[] {
  if (!blocking.includes(code) || !text) return [];
  const name = typeof detail.rule === 'string' ? `${code}:${detail.rule}` : code;
  return [{ code, name, pointer, text }];
}

export function refuseOpenFindings(proof: Pick<Proof, 'tests' | 'analysis'>, waived: readonly string[]): void {
  const open = openFindings(proof).filter(({ name }) => !waived.includes(name));
  if (open.length > 0)
    throw new Problem(
      'rule_findings_open',
      open.map(({ pointer, code, name, text }) => ({
        pointer,
        code,
        detail: { finding: name },
        text,
      })),
    );
}

export async function insertProof(
  register: Register,
  tx: Tx,
  { revisionId, proof }: { revisionId: string; proof: Proof },
): Promise<void> {
  await tx('rule_proofs').insert({
    id: register.newId('proof'),
    revision_id: revisionId,
    document_hash: proof.documentHash,
    base_hash: proof.baseHash,
    tests: canonicalJson(proof.tests),
    analysis: canonicalJson(proof.analysis),
    difference: canonicalJson(proof.difference),
    difference_hash: proof.differenceHash,
    engines: canonicalJson({ reference: REFERENCE_VERSION, compiled: COMPILED_VERSION }),
    at: register.systemClock.now(),
  });
}

/** What was proved last, against whatever was in force then: for a revision that is no longer frozen. */
export async function lastProofOf(tx: Tx, revisionId: string): Promise<StoredProof | undefined> {
  return newestFirst(tx).where({ revision_id: revisionId }).first();
}

const newestFirst = (tx: Tx) =>
  tx('rule_proofs').orderBy([
    { column: 'at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);

/** The last proof of a revision against this base; another base makes the difference another. */
export async function proofOf(
  tx: Tx,
  { revisionId, base }: { revisionId: string; base: string | null },
): Promise<StoredProof | undefined> {
  return newestFirst(tx).where({ revision_id: revisionId, base_hash: base }).first();
}
