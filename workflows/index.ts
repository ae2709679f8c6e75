export { cohortOperation } from './cohort-operation.ts';
export { studentPathway } from './student-pathway.ts';
