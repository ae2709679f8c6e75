import type { Tx } from '../../db/tx.ts';

export type DayKind = 'working' | 'holiday';

/** Days on which the working-day calendar differs from the week: holidays (节假日) and worked weekends (调休). */
export async function readCalendar(tx: Tx): Promise<ReadonlyMap<string, DayKind>> {
  const rows: { day: string; kind: DayKind }[] = await tx('calendar_days').select('day', 'kind');
  return new Map(rows.map(({ day, kind }) => [day, kind]));
}
