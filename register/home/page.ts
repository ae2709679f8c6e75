import type { Rows } from '../../db/keyset.ts';
import type { HomeGroup } from '../../schemas/api/college.ts';

export type HomeItem = HomeGroup['items'][number];

const SHOWN = 20;

/** The count of a select and its first rows as items. */
export async function firstOf<R>(
  rows: Rows,
  order: readonly string[],
  item: (row: R) => HomeItem,
): Promise<{ count: number; items: HomeItem[] }> {
  const counted: { count: number | string } | undefined = await rows
    .clone()
    .clearSelect()
    .count({ count: '*' })
    .first();
  const shown: R[] = await rows
    .clone()
    .orderBy([...order])
    .limit(SHOWN);
  return { count: Number(counted?.count ?? 0), items: shown.map(item) };
}
