import type { Tx } from '../../db/tx.ts';
import type { CertificateInput } from '../../schemas/certificate.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { DecisionRow } from './load.ts';
import type { TakenNumber } from './take-number.ts';

/** Whom and what a certificate of this pathway names. */
export interface Holder {
  collegeId: string;
  collegeName: string;
  collegeNameEn: string;
  demo: boolean;
  pathwayId: string;
  enrolmentId: string;
  personId: string;
  name: string;
  idLastFour: string | null;
  type: 'diploma' | 'skill';
  programmeCode: string;
  programmeName: string;
  programmeNameEn: string;
  educationLevel: 'secondary_vocational' | 'higher_vocational' | 'vocational_bachelor' | 'technician';
  enrolledOn: string;
  occupationCode: string | null;
  edition: string | null;
  standardName: string | null;
  standardNameEn: string | null;
  level: SkillLevel | null;
}

export async function loadHolder(tx: Tx, pathwayId: string): Promise<Holder> {
  const row = await tx('pathways')
    .join('enrolments', 'enrolments.id', 'pathways.enrolment_id')
    .join('people', 'people.id', 'enrolments.person_id')
    .join('plans', 'plans.id', 'enrolments.plan_id')
    .join('programmes', 'programmes.id', 'plans.programme_id')
    .join('colleges', 'colleges.id', 'pathways.college_id')
    .leftJoin('standards', 'standards.id', 'pathways.standard_id')
    .where('pathways.id', pathwayId)
    .first({
      collegeId: 'colleges.id',
      collegeName: 'colleges.name_zh',
      collegeNameEn: 'colleges.name_en',
      demo: 'colleges.demo',
      pathwayId: 'pathways.id',
      enrolmentId: 'enrolments.id',
      personId: 'people.id',
      name: 'people.name',
      idLastFour: 'people.id_last_four',
      type: 'pathways.type',
      programmeCode: 'programmes.code',
      programmeName: 'programmes.name_zh',
      programmeNameEn: 'programmes.name_en',
      educationLevel: 'programmes.education_level',
      enrolledOn: 'enrolments.enrolled_on',
      occupationCode: 'standards.occupation_code',
      edition: 'standards.edition',
      standardName: 'standards.name',
      standardNameEn: 'standards.name_en',
      level: 'pathways.level',
    });
  if (!row) throw new Problem('not_found');
  return { ...row, demo: Number(row.demo) === 1 };
}

interface Parts {
  id: string;
  holder: Holder;
  taken: TakenNumber;
  issuedOn: string;
  decision: DecisionRow;
  verificationId: string;
  statusIndex: number;
  allocatedAt: string;
}

/** What `certificate/1` is built from: facts of the register only. */
export function payloadInput({
  id,
  holder,
  taken,
  issuedOn,
  decision,
  verificationId,
  statusIndex,
  allocatedAt,
}: Parts): CertificateInput {
  const common = {
    id,
    number: taken.number,
    series: { id: taken.seriesId, serial: taken.serial },
    verificationId,
    statusIndex,
    collegeId: holder.collegeId,
    issuer: { name: { 'zh-CN': holder.collegeName, en: holder.collegeNameEn }, code: taken.issuerCode },
    holder: { name: holder.name, ...(holder.idLastFour ? { idLastFour: holder.idLastFour } : {}) },
    issuedOn,
    decisionId: decision.id,
    decisionHash: decision.hash,
    ruleHash: decision.rule_hash,
    authorisationId: taken.authorisationId,
    ...(holder.demo ? { example: true as const } : {}),
    allocatedAt,
  };
  if (holder.type === 'diploma') {
    const programme = {
      code: holder.programmeCode,
      name: { 'zh-CN': holder.programmeName, en: holder.programmeNameEn },
    };
    const study = { studyFrom: holder.enrolledOn, studyTo: issuedOn };
    return {
      ...common,
      kind: 'diploma',
      programme,
      educationLevel: holder.educationLevel,
      conclusion: 'graduated',
      ...study,
    };
  }
  const { occupationCode, edition, standardName, standardNameEn, level } = holder;
  if (!occupationCode || !edition || !standardName || !standardNameEn || !level) throw new Problem('invariant_broken');
  const occupation = { code: occupationCode, name: { 'zh-CN': standardName, en: standardNameEn } };
  return { ...common, kind: 'skill', occupation, edition, level };
}
