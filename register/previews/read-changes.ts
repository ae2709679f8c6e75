import type { Rows } from '../../db/keyset.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Query, Tx } from '../../db/tx.ts';
import { outcomeText } from '../../rules/explain.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { ChangeView, ListChangesInput } from '../../schemas/api/previews.ts';
import type { Infer } from '../../schemas/api/common.ts';
import type { Text } from '../../schemas/text.ts';
import { oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import type { ChangeDetail, KeptSide } from './change-row.ts';
import { documentsByHash } from './documents.ts';
import type { PreviewRow } from './preview-row.ts';
import { studentViews } from './student-views.ts';
import { turnedViews } from './turned-views.ts';

export interface ChangeRow {
  ordinal: number;
  enrolment_id: string;
  purpose: ChangeView['purpose'];
  subject_id: string;
  course_id: string | null;
  target: string;
  change: ChangeView['change'];
  detail: string;
}

type Asked = Infer<typeof ListChangesInput>;

/** Whom a preview changes, verdict by verdict in the order of its pages, narrowed by what the counts are counted by. */
export async function readChanges(
  register: Register,
  by: Principal,
  asked: Asked,
): Promise<{ items: ChangeView[]; next: number | null; total: number }> {
  return readTx(register.db, async (tx) => {
    const preview = await previewInScope(tx, by, asked.id);
    const total = Number((await narrowed(tx, asked).count({ count: '*' }).first())?.count ?? 0);
    const rows: ChangeRow[] = await narrowed(tx, asked)
      .where('ordinal', '>', asked.after)
      .orderBy('ordinal')
      .limit(asked.limit + 1)
      .select('ordinal', 'enrolment_id', 'purpose', 'subject_id', 'course_id', 'target', 'change', 'detail');
    const page = rows.slice(0, asked.limit);
    const next = rows.length > asked.limit ? Number(page.at(-1)!.ordinal) : null;
    return { items: await changeViews(tx, by, { preview, rows: page }), next, total };
  });
}

export async function previewInScope(tx: Tx, by: Principal, id: string): Promise<PreviewRow> {
  return oneInScope<PreviewRow>(tx('previews as v').where('v.id', id).select('v.*'), by, { college: 'v.college_id' });
}

function narrowed(tx: Tx, asked: Asked): Rows {
  const { id, change, programme, class: classId, purpose, target, from, to, rule } = asked;
  const wanted = {
    ...{ change, purpose, target, programme_id: programme, class_id: classId, from_type: from, to_type: to },
  };
  const query: Rows = tx('preview_changes')
    .where({ preview_id: id })
    .where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
  // the rules of a row stand between bars; no rule has one in its name
  if (rule !== undefined) void query.whereRaw("rules LIKE ? ESCAPE '~'", [`%|${rule.replaceAll(/[~%_]/g, '~$&')}|%`]);
  return query;
}

interface Page {
  preview: PreviewRow;
  rows: readonly ChangeRow[];
}

async function changeViews(tx: Tx, by: Principal, { preview, rows }: Page): Promise<ChangeView[]> {
  const details = rows.map(({ detail }) => JSON.parse(detail) as ChangeDetail);
  const hashes = details.flatMap(({ before, after }) => [before.hash, after.hash].flatMap((hash) => hash ?? []));
  const documents = await documentsByHash(tx, preview, hashes);
  const students = await studentViews(
    tx,
    by,
    rows.map(({ enrolment_id: id }) => id),
  );
  const courses = await coursesOf(
    tx,
    rows.map(({ course_id: id }) => id),
  );
  return rows.map((row, i) => {
    const { before, after, turned } = details[i]!;
    const [old, now] = [before, after].map(({ hash }) => documents.get(hash ?? ''));
    return {
      ordinal: Number(row.ordinal),
      student: students(row.enrolment_id),
      ...{ purpose: row.purpose, target: row.target, change: row.change },
      course: courses.get(row.course_id ?? '') ?? null,
      before: { type: before.type, title: titleOf(before, old) },
      after: { type: after.type, title: titleOf(after, now) },
      turned: turnedViews(turned, { old, now }),
    };
  });
}

export async function coursesOf(
  query: Query,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; code: string; name: string }>> {
  const found: { id: string; code: string; name: string }[] = await query('courses')
    .whereIn('id', [...new Set(ids.flatMap((id) => id ?? []))])
    .select('id', 'code', 'name');
  return new Map(found.map((course) => [course.id, course]));
}

const noRule: Text = { 'zh-CN': '无适用规则', en: 'no rule in force' };
const unlawful: Text = { 'zh-CN': '数据超出规则声明的范围', en: 'a fact outside what the rules declare' };
const undetermined: Text = { 'zh-CN': '待定', en: 'undetermined' };

export function titleOf(
  { type, outcome }: Pick<KeptSide, 'type' | 'outcome'>,
  loaded: LoadedRuleset | undefined,
): Text {
  if (type === 'no-rule') return noRule;
  if (type === 'error') return unlawful;
  if (!loaded) return undetermined;
  return outcomeText(loaded.doc, outcome.params === undefined ? { type } : { type, params: outcome.params });
}
