export { cohortOperation } from './cohort-operation.ts';
export { rulePublication } from './rule-publication.ts';
export { studentPathway } from './student-pathway.ts';
