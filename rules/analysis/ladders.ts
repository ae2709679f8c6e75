import type { Text } from '../../schemas/text.ts';

/** Something that is held at a step, and that one rule set asks for by a fact and another confers by a param. */
export interface Ladder {
  id: string;
  title: Text;
  /** Worst first, steps of equal worth together; of a number any number is one. */
  steps: readonly (readonly string[])[] | 'number';
  facts: readonly string[];
  params: readonly string[];
  /** What a param calls otherwise than the facts. */
  alias?: Readonly<Record<string, string>>;
}

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** The ladders of the library. */
export const ladders: readonly Ladder[] = [
  {
    id: 'skill',
    title: t('技能等级', 'skill level'),
    steps: [['five'], ['four'], ['three'], ['two'], ['one']],
    facts: ['outcomeSkillLevel', 'heldLevel'],
    params: ['skillLevel', 'level'],
  },
  {
    id: 'title',
    title: t('职称层级', 'level of title'),
    steps: [['junior'], ['intermediate'], ['senior']],
    facts: ['titleLevel'],
    params: ['titleLevel'],
    alias: { vice_senior: 'senior' },
  },
  {
    id: 'schooling',
    title: t('学历', 'schooling'),
    steps: [
      ['technical_school', 'secondary_vocational'],
      ['senior_technical_class', 'higher_vocational'],
      ['technician_class', 'university'],
    ],
    facts: ['schooling'],
    params: ['schooling', 'treatedAs', 'education', 'educationLevel'],
  },
  { id: 'credits', title: t('学分', 'credits'), steps: 'number', facts: ['priorCredits'], params: ['credits'] },
];

/** Leave to apply or to sit confers nothing yet: somebody still examines. */
export const LEAVE: readonly unknown[] = ['may_apply', 'may_sit'];

export type Held = string | number;

/** Above zero: the first is better; zero too where one of them is no step. */
export function compareHeld({ steps }: Ladder, one: Held, other: Held): number {
  if (steps === 'number') return Number(one) - Number(other);
  const rank = (held: Held): number => steps.findIndex((step) => step.includes(String(held)));
  return rank(one) < 0 || rank(other) < 0 ? 0 : rank(one) - rank(other);
}
