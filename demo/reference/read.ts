import { readFileSync } from 'node:fs';
import type { AddAuthorisation, AddTerms } from '../../register/college/create-college.ts';
import type { CalendarInput, StandardInput } from '../../register/college/load-reference.ts';
import type { BindRuleSet } from '../../register/rules/bind-rule-set.ts';
import type { CreatePlan, CreateProgramme } from '../../register/teaching/create-programme.ts';
import type { FileRegulationInput } from '../../schemas/api/regulations.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { addDays } from '../../schemas/time.ts';

type Evidence = 'sourced' | 'unconfirmed';

interface StandardsFile {
  source: string;
  evidence: Evidence;
  levels: SkillLevel[];
  standards: {
    occupationCode: string;
    edition: string;
    zh: string;
    en: string;
    engineering: boolean;
    conditionEdition: '2018' | '2023';
    /** Skill weight in per cent by level, in the order of `levels`; null where the level has no such unit. */
    units: Record<string, (number | null)[]>;
  }[];
}

interface CalendarFile {
  evidence: Evidence;
  years: {
    source: string;
    holidays: [title: string, from: string, to: string][];
    worked: [title: string, day: string][];
  }[];
}

export interface CollegeFile {
  code: string;
  name: { zh: string; en: string };
  noticeWorkingDays: number;
  clockStartsOn: string;
  terms: AddTerms['terms'];
  programme: CreateProgramme;
  plan: Omit<CreatePlan, 'programmeCode'>;
  authorisations: Omit<AddAuthorisation, 'source' | 'evidence'>[];
  bindings: Omit<BindRuleSet, 'fromOn'>[];
  bindingsFrom: string;
}

interface RegulationFile extends FileRegulationInput {
  /** Articles that people carry out, with what is done. */
  manual: Record<string, string>;
}

/** The example college's own regulations, whole: also what no rule carries out. */
export const readRegulations = (): RegulationFile[] => json('regulations.json') as RegulationFile[];

export const readCollegeFile = (): CollegeFile => json('college.json') as CollegeFile;

/** The five published weight tables; a unit with no weight at a level is not part of that level. */
export function readStandards(): StandardInput[] {
  const file = json('standards.json') as StandardsFile;
  return file.standards.map(({ zh, en, units, ...standard }) => ({
    ...standard,
    name: { zh, en },
    source: `${zh}（${standard.edition}年版）${file.source}`,
    evidence: file.evidence,
    units: file.levels.flatMap((level, index) =>
      Object.entries(units).flatMap(([name, weights]) => {
        const percent = weights[index];
        return percent == null ? [] : [{ level, name, skillWeight: percent * 100 }];
      }),
    ),
  }));
}

export function readCalendarDays(): CalendarInput {
  const { years, evidence } = json('calendar.json') as CalendarFile;
  const days: CalendarInput['days'] = years.flatMap(({ source, holidays, worked }) => [
    ...holidays.flatMap(([title, from, to]) =>
      daysBetween(from, to).map((day) => ({ day, kind: 'holiday' as const, title, source, evidence })),
    ),
    ...worked.map(([title, day]) => ({ day, kind: 'working' as const, title, source, evidence })),
  ]);
  return { days };
}

function daysBetween(from: string, to: string): string[] {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

function json(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}
