import type { Words } from '../words.ts';
import type { audit as zh } from '../zh-CN/audit.ts';

export const audit: Words<typeof zh> = {
  title: 'Dual audit',
  lede: 'Checks diploma and skill certificates of a cohort or class again; what meets its conditions is decided and goes to public notice.',
  choose: { cohort: 'Cohort', class: 'Class', target: 'Certificate', all: 'All' },
  everyClass: 'Every class',
  everyTarget: 'Every certificate',
  run: 'Run audit',
  runAsk: 'Audit {{name}}',
  runExplain: 'Every open pathway in this choice is checked and decided; certificates already issued are not touched.',
  now: 'Now',
  before: 'Before',
  after: 'After',
  difference: 'Change',
  total: 'Total',
  column: { target: 'Certificate' },
  empty: 'There is no cohort yet. Import a programme plan and students first.',
  asOf: 'No pathway was looked at earlier than {{time}}',
  progress: 'Progress of the audit',
  compare: 'Before and after: {{name}} (whole cohort)',
  counts: '{{name}} (whole cohort)',
  settling: 'Each pathway is brought up to date by its own workflow; the counts follow by themselves.',
  verdicts: 'By verdict',
  stages: 'By stage',
  openStudents: 'Show students',
  last: 'Recent audits',
};
