import type { Tx } from '../../db/tx.ts';
import type { ProgrammeOccupation } from '../../rules/derived/occupation.ts';

/** For each plan the occupations of its programme: those it has targets in are its own, the others it lists are related. */
export async function readOccupations(tx: Tx, planIds: readonly string[]): Promise<Map<string, ProgrammeOccupation[]>> {
  const rows: { plan_id: string; standard_id: string; code: string; target: string | null }[] = await tx('plans')
    .join('programme_occupations', 'programme_occupations.programme_id', 'plans.programme_id')
    .join('standards', 'standards.id', 'programme_occupations.standard_id')
    .leftJoin(tx('plan_targets').distinct('plan_id', 'standard_id').as('targets'), (on) => {
      on.on('targets.plan_id', 'plans.id').andOn('targets.standard_id', 'standards.id');
    })
    .whereIn('plans.id', planIds)
    .select({
      plan_id: 'plans.id',
      standard_id: 'standards.id',
      code: 'standards.occupation_code',
      target: 'targets.standard_id',
    });
  const aliases: { standard_id: string; alias_code: string }[] = await tx('standard_aliases').select(
    'standard_id',
    'alias_code',
  );
  const found = new Map<string, ProgrammeOccupation[]>(planIds.map((id) => [id, []]));
  for (const { plan_id: plan, standard_id: standard, code, target } of rows) {
    const codes = [code, ...aliases.filter((alias) => alias.standard_id === standard).map((alias) => alias.alias_code)];
    found.get(plan)?.push({ codes, relation: target === null ? 'related' : 'same' });
  }
  return found;
}
