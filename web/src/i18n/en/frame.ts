import type { Words } from '../words.ts';
import type { frame as zh } from '../zh-CN/frame.ts';

export const frame: Words<typeof zh> = {
  nav: {
    label: 'Main navigation',
    home: 'Home',
    students: 'Students',
    plans: 'Programme plans',
    imports: 'Imports',
    sheets: 'Score sheets',
    credits: 'Credit recognition',
    audit: 'Dual audit',
    certificates: 'Certificates',
    rules: 'Rule library',
    previews: 'Impact previews',
    regulations: 'Regulations',
    operations: 'Jobs',
    health: 'Health',
    users: 'Users and roles',
    log: 'Activity log',
    more: 'More',
    open: 'Open navigation',
  },
  term: 'Term',
  today: 'Today {{date}}',
  clock: {
    button: 'Move clock',
    title: "Move the example college's clock",
    nextTerm: 'To the next term',
    nextTermTo: 'To the next term ({{date}})',
    days: 'By 7 days',
    explain:
      'The clock only moves forward. Notices, deadlines and term ends that fall due are dealt with by the new date, and every open case follows.',
    reason: 'demonstration',
    done: 'The clock now stands at {{date}}',
  },
  account: 'Account',
  jobsOpen: 'Jobs under way: {{count}}, {{share}}% done',
  jobs: 'Jobs',
};
