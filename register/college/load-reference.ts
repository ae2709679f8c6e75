import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';

export interface StandardInput {
  occupationCode: string;
  edition: string;
  name: { zh: string; en: string };
  engineering: boolean;
  /** Which drafting rule the standard's conditions follow. */
  conditionEdition: '2018' | '2023';
  source: string;
  evidence: 'sourced' | 'unconfirmed';
  aliases?: { code: string; name: string; fromOn?: string; source: string }[];
  /** Skill weights by level in hundredths of a percent; each level sums to 10000. Theory weights only where the standard states them. */
  units: { level: SkillLevel; name: string; skillWeight: number; theoryWeight?: number }[];
}

/** A national occupational standard as data: code and edition name it, its units and weights a level. */
export async function loadStandard(register: Register, call: Call<StandardInput>): Promise<{ standard: string }> {
  const { input } = call;
  refuseUnevenWeights(input);
  return writeTx(register.db, { command: 'loadStandard', ...call }, async (tx) => {
    const id = register.newId('standard');
    await tx('standards').insert({
      id,
      occupation_code: input.occupationCode,
      edition: input.edition,
      name: input.name.zh,
      name_en: input.name.en,
      engineering: input.engineering ? 1 : 0,
      condition_edition: input.conditionEdition,
      source: input.source,
      evidence: input.evidence,
    });
    await insertRows(
      tx,
      'standard_units',
      input.units.map((unit, index) => ({
        id: register.newId('standardUnit'),
        standard_id: id,
        level: unit.level,
        ordinal: index + 1,
        name: unit.name,
        skill_weight: unit.skillWeight,
        theory_weight: unit.theoryWeight ?? null,
      })),
    );
    await insertRows(
      tx,
      'standard_aliases',
      (input.aliases ?? []).map((alias) => ({
        id: register.newId('event'),
        standard_id: id,
        alias_code: alias.code,
        alias_name: alias.name,
        from_on: alias.fromOn ?? null,
        source: alias.source,
        evidence: 'unconfirmed',
      })),
    );
    await appendLeaf(tx, {
      kind: 'standard_loaded',
      object: { type: 'standard', id },
      body: { code: input.occupationCode, edition: input.edition },
    });
    return { standard: id };
  });
}

const WHOLE = 10_000;

function refuseUnevenWeights({ units }: StandardInput): void {
  const sums = new Map<string, number>();
  for (const { level, skillWeight } of units) sums.set(level, (sums.get(level) ?? 0) + skillWeight);
  const uneven = [...sums].filter(([, sum]) => sum !== WHOLE);
  if (uneven.length > 0)
    throw new Problem(
      'bad_input',
      uneven.map(([level, sum]) => ({ pointer: '/units', code: 'weights_not_whole', detail: { level, sum } })),
    );
}

export interface CalendarInput {
  days: {
    day: string;
    kind: 'working' | 'holiday';
    title: string;
    source: string;
    evidence: 'sourced' | 'unconfirmed';
  }[];
}

/** Days on which the working-day calendar differs from the week; a day given again replaces what was known. */
export async function loadCalendar(register: Register, call: Call<CalendarInput>): Promise<{ days: number }> {
  const { days } = call.input;
  return writeTx(register.db, { command: 'loadCalendar', ...call }, async (tx) => {
    for (const day of days) await tx('calendar_days').insert(day).onConflict('day').merge();
    await appendLeaf(tx, {
      kind: 'calendar_loaded',
      object: { type: 'calendar', id: 'deployment' },
      body: { days: days.length },
    });
    return { days: days.length };
  });
}
