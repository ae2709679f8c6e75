import { keysetPage } from '../../db/keyset.ts';
import type { StandardItem, StandardView } from '../../schemas/api/plans.ts';
import { Problem } from '../../schemas/problem.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';

interface StandardRow {
  id: string;
  occupation_code: string;
  edition: string;
  name: string;
  name_en: string;
  engineering: number;
  condition_edition: '2018' | '2023';
  source: string;
  evidence: 'sourced' | 'unconfirmed';
}

/** National occupational standards are the same for every college. */
export async function listStandards(
  { db }: Register,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: StandardItem[]; next: string | null }> {
  const query = db.reader('standards as s').select('s.*');
  const page = await keysetPage<StandardRow>(query, {
    id: 's.id',
    order: ['s.occupation_code', 's.edition'],
    cursor,
    limit,
  });
  return { items: page.rows.map(standardItem), next: page.next };
}

interface UnitRow {
  id: string;
  level: StandardView['levels'][number]['level'];
  name: string;
  skill_weight: number;
  theory_weight: number | null;
}

export async function readStandard({ db }: Register, id: string): Promise<StandardView> {
  const row: StandardRow | undefined = await db.reader('standards').where({ id }).first();
  if (!row) throw new Problem('not_found');
  const aliases = await db.reader('standard_aliases').where({ standard_id: id }).orderBy(['alias_code', 'alias_name']);
  const units: UnitRow[] = await db.reader('standard_units').where({ standard_id: id }).orderBy(['level', 'ordinal']);
  const levels = [...groupBy(units, ({ level }) => level).values()];
  return {
    ...standardItem(row),
    aliases: aliases.map((one) => ({
      code: one.alias_code,
      name: one.alias_name,
      fromOn: one.from_on,
      source: one.source,
    })),
    levels: levels.map((own) => ({
      level: own[0]!.level,
      units: own.map((unit) => ({
        id: unit.id,
        name: unit.name,
        skillWeight: Number(unit.skill_weight),
        theoryWeight: unit.theory_weight === null ? null : Number(unit.theory_weight),
      })),
    })),
  };
}

function standardItem(row: StandardRow): StandardItem {
  return {
    id: row.id,
    code: row.occupation_code,
    edition: row.edition,
    name: { 'zh-CN': row.name, en: row.name_en },
    engineering: Boolean(row.engineering),
    conditionEdition: row.condition_edition,
    source: row.source,
    evidence: row.evidence,
  };
}
