import type { Words } from '../words.ts';
import type { plans as zh } from '../zh-CN/plans.ts';

export const plans: Words<typeof zh> = {
  title: 'Programme plans',
  lede: 'The courses of each cohort, and how far they cover the national occupational standard.',
  none: 'There is no plan yet. The registrar imports one on the Imports page, from the plan template.',
  planName: '{{programme}}, {{cohort}} cohort',
  credits: '{{total}} credits in all, {{elective}} of them elective',
  years: '{{years}} years, {{most}} at most',
  courses: 'Courses',
  coverage: 'Standard coverage',
  term: 'Term {{term}}',
  code: 'Code',
  name: 'Course',
  kind: 'Kind',
  creditsOf: 'Credits',
  hours: 'Hours',
  practice: 'Practice hours',
  termTotal: '{{credits}} credits · {{hours}} hours',
  noCourses: 'The plan has no courses yet. The registrar imports them on the Imports page.',
  targets: 'Aims at',
};
