import { decideWithTrace } from '../../rules/decide.ts';
import { explain, outcomeText } from '../../rules/explain.ts';
import type { Reason } from '../../rules/explain.ts';
import { nearMisses } from '../../rules/near-misses.ts';
import type { NearMiss } from '../../rules/near-misses.ts';
import { stageOf } from '../../rules/stage.ts';
import type { Stage } from '../../rules/stage.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import { viewCase } from '../cases/load-case.ts';
import type { NoRule } from '../facts/no-rule.ts';
import type { Register } from '../register.ts';
import type { WorkedOut } from '../verdicts/work-out.ts';

export interface RuleInForce {
  ruleSet: string;
  title: Text;
  revision: number;
  hash: string;
  effectiveDate: string;
  suspended: boolean;
}

/** One target of a student, worked out now: the verdict, why, what is missing, and who is waited for. */
export interface PathwayVerdict {
  pathway: string;
  type: 'diploma' | 'skill';
  standard: string | null;
  level: string | null;
  appliedOn: string | null;
  stage: Stage;
  verdict: Verdict;
  title: Text;
  reasons: Reason[];
  nearMisses: NearMiss[];
  facts: Facts;
  rule: RuleInForce | null;
  /** Why no rule answers, or null. */
  noRule: NoRule['noRule'] | null;
  decision: string | null;
  certificate: string | null;
}

export interface StudentVerdicts {
  enrolment: string;
  /** College clock. */
  asOf: string;
  pathways: PathwayVerdict[];
}

/** Both certificates of one student from one set of facts, with reasons in both languages. Nothing is stored. */
export async function readStudentVerdicts(register: Register, enrolmentId: string): Promise<StudentVerdicts> {
  const view = await viewCase(register, enrolmentId);
  if (!view) throw new Problem('not_found');
  const pathways = view.pathways.map(({ file, worked, noRule }) => {
    const { pathway } = worked;
    return {
      pathway: pathway.id,
      type: pathway.type,
      standard: pathway.standard_id,
      level: pathway.level,
      appliedOn: pathway.applied_on,
      stage: stageOf(file),
      ...explained(worked),
      noRule: noRule?.noRule ?? null,
      facts: worked.facts,
      decision: file.decisionId,
      certificate: file.certificateId,
    };
  });
  return { enrolment: enrolmentId, asOf: view.file.now, pathways };
}

type Explained = Pick<PathwayVerdict, 'verdict' | 'title' | 'reasons' | 'nearMisses' | 'rule'>;

function explained({ selected, verdict, facts }: WorkedOut): Explained {
  if (!('loaded' in selected))
    return { verdict, title: { 'zh-CN': '待定', en: 'undetermined' }, reasons: [], nearMisses: [], rule: null };
  const { loaded, ruleSet, revision, hash, effectiveDate, suspended } = selected;
  const rule = { ruleSet, title: loaded.doc.title, revision, hash, effectiveDate, suspended };
  const title = outcomeText(loaded.doc, verdict);
  if (suspended) return { verdict, title, reasons: [], nearMisses: [], rule };
  const reasons = explain(loaded, decideWithTrace(loaded, facts), facts);
  const misses = verdict.type === 'deny' ? nearMisses(loaded, facts).misses : [];
  return { verdict, title, reasons, nearMisses: misses, rule };
}
