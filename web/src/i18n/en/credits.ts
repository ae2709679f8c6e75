import type { Words } from '../words.ts';
import type { credits as zh } from '../zh-CN/credits.ts';

export const credits: Words<typeof zh> = {
  title: 'Credit recognition',
  lede: 'What a learning outcome counts for: applications, outcomes and their grounds.',
  apply: 'New application',
  none: 'There are no applications yet. Record a learning outcome, then try it out and submit with “New application”.',
  noneFor: 'This student has made no application yet.',
  forStudent: 'Applications of one student',
  showAll: 'Show all applications',
  columns: {
    student: 'Student',
    outcome: 'Learning outcome',
    appliedOn: 'Applied',
    courses: 'Courses and outcomes',
    spent: 'Use',
  },
  granted: '{{credits}} credits granted',
  grantedScore: ', scored {{score}}',
  spent: 'spent',
  unspent: 'not spent',
  why: 'Grounds',
  outcomes: {
    grant: 'granted',
    deny: 'denied',
    refer: 'referred',
    undetermined: 'undetermined',
    'out-of-scope': 'out of scope',
  },
  wizard: {
    title: 'Apply for credit',
    student: 'Student',
    findStudent: 'Number or name',
    outcome: 'Learning outcome',
    noOutcome: 'This student has no learning outcome on record.',
    spentAlready: 'spent',
    courses: 'Courses to count for',
    coursesHint: 'Choose one or more; a course already passed cannot be converted',
    preview: 'Try it',
    previewing: 'Working it out…',
    previewNote:
      'Worked out by the rules and records of today ({{date}}), nothing is kept. Submitting decides by the same rules, on record.',
    submit: 'Submit for {{count}} course(s)',
    submitNote: 'An outcome is spent once; after submitting it cannot be used again.',
    done: 'Applied for {{count}} course(s), {{granted}} granted.',
    needAll: 'Choose student, outcome and courses first.',
  },
};
