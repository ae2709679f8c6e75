import type { Query } from '../../db/tx.ts';
import type { PreviewView } from '../../schemas/api/previews.ts';
import type { Text } from '../../schemas/text.ts';
import { documentsByHash, documentsNamed } from './documents.ts';
import type { PreviewResult } from './conclude.ts';
import type { PreviewRow } from './preview-row.ts';

type ResultView = NonNullable<PreviewView['result']>;

/** What a preview found, with the names people know things by. */
export async function resultView(query: Query, preview: PreviewRow, result: PreviewResult): Promise<ResultView> {
  const { tally, oracle, crossCheck, seed, engines, snapshot, changesHash, base, problem } = result;
  const titles = await ruleTitles(query, preview, Object.keys(tally.rules));
  const programmes = await programmeNames(query, Object.keys(tally.programmes));
  const classes = await classNames(query, Object.keys(tally.classes));
  return {
    subjects: tally.subjects,
    matrix: Object.entries(tally.matrix).flatMap(([purpose, rows]) =>
      Object.entries(rows).flatMap(([from, row]) =>
        Object.entries(row).map(([to, count]) => ({ purpose, from, to, count }) as ResultView['matrix'][number]),
      ),
    ),
    rules: Object.entries(tally.rules).map(([key, counts]) => ({
      key,
      ...partsOf(key),
      title: titles(key),
      ...counts,
    })),
    programmes: places(tally.programmes, programmes),
    classes: places(tally.classes, classes),
    targets: Object.entries(tally.targets).map(([target, counts]) => ({ target, counts })),
    certificates: Object.entries(tally.certificates).flatMap(([diploma, row]) =>
      Object.entries(row).map(
        ([skill, students]) => ({ diploma, skill, students }) as ResultView['certificates'][number],
      ),
    ),
    ...{ oracle, crossCheck, seed, engines, changesHash, problem },
    ...{ snapshotHash: snapshot.hash, bookHash: base.book, appliedOn: snapshot.appliedOn },
  };
}

function partsOf(key: string): { ruleSet: string; rule: string } {
  const at = key.indexOf('#');
  return { ruleSet: key.slice(0, at), rule: key.slice(at + 1) };
}

function places<C>(
  counted: Record<string, C>,
  names: ReadonlyMap<string, Text>,
): { id: string; name: Text; counts: C }[] {
  return Object.entries(counted)
    .map(([id, counts]) => ({ id, name: names.get(id) ?? { 'zh-CN': id, en: id }, counts }))
    .sort((a, b) => (a.name['zh-CN'] < b.name['zh-CN'] ? -1 : 1));
}

/** By the draft, else by the revision that answered before it. */
async function ruleTitles(query: Query, preview: PreviewRow, keys: readonly string[]): Promise<(key: string) => Text> {
  const named = await documentsNamed(query, preview, [...new Set(keys.map((key) => partsOf(key).ruleSet))]);
  const base =
    preview.base_hash === null ? [] : [...(await documentsByHash(query, preview, [preview.base_hash])).values()];
  return (key) => {
    const { ruleSet, rule } = partsOf(key);
    const docs = [...(named.get(ruleSet) ?? []), ...base.filter(({ doc }) => doc.id === ruleSet)];
    const note = docs.flatMap(({ doc }) => (Object.hasOwn(doc.notes, rule) ? doc.notes[rule]! : []))[0];
    return note?.title ?? { 'zh-CN': rule, en: rule };
  };
}

async function programmeNames(query: Query, ids: readonly string[]): Promise<Map<string, Text>> {
  const rows: { id: string; name_zh: string; name_en: string }[] = await query('programmes')
    .whereIn('id', ids)
    .select('id', 'name_zh', 'name_en');
  return new Map(rows.map(({ id, name_zh: zh, name_en: en }) => [id, { 'zh-CN': zh, en }]));
}

async function classNames(query: Query, ids: readonly string[]): Promise<Map<string, Text>> {
  const rows: { id: string; name: string }[] = await query('org_units').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, { 'zh-CN': name, en: name }]));
}
