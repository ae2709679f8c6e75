import type { Tx } from '../../db/tx.ts';
import { check, everyRow, tally } from './check.ts';
import type { Row } from './check.ts';

/** Who may act without an account. */
const WITHOUT_ACCOUNT = ['system', 'seed', 'library', 'set_up'];

export const scoresHaveAuthors = check(
  'I2',
  ['成绩有人、有请求、有留痕', 'every score has an actor, a request and a leaf'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const users = new Set<string>([...WITHOUT_ACCOUNT, ...(await tx('users').pluck('id'))]);
    const noted = await objectsNoted(tx);
    for (const [table, about] of [
      ['score_events', 'sheet_id'],
      ['assessment_results', 'pathway_id'],
    ] as const) {
      for await (const row of everyRow(tx, table)) {
        const author = !users.has(String(row.actor_id)) && 'unknown_actor';
        const request = table === 'score_events' && !row.request_id && 'no_request';
        const leaf = !noted.has(String(row.batch_id)) && !noted.has(String(row[about])) && 'no_leaf';
        look(`${table} ${row.id}`, author || request || leaf);
      }
    }
    return finding;
  },
);

/** Objects that the log says something about. */
async function objectsNoted(tx: Tx): Promise<Set<string>> {
  return new Set(await tx('audit_leaves').distinct('object_id').pluck('object_id'));
}

const place = (row: Row): string =>
  [row.enrolment_id, row.course_id, row.attempt, row.component_id ?? 'total'].join(' ');

export const scoresAreFolded = check(
  'I3',
  ['现成绩等于事件之和，版本连续', 'current scores are the fold of their events; versions dense'],
  async ({ tx }) => {
    const { finding, look } = tally();
    // scores of an import that was taken back stay as events and no longer count
    const undone = new Set<string>(await tx('import_batches').where({ state: 'undone' }).pluck('id'));
    const last = new Map<string, Row>();
    const versions = new Map<string, number[]>();
    for await (const row of everyRow(tx, 'score_events')) {
      const known = last.get(place(row));
      const counts = !undone.has(String(row.batch_id));
      if (counts && (!known || isLater(row, known))) last.set(place(row), row);
      const line = `${row.sheet_id} ${place(row)}`;
      const seen = versions.get(line);
      if (seen) seen.push(Number(row.version));
      else versions.set(line, [Number(row.version)]);
    }
    for (const [line, seen] of versions) {
      const dense = seen.sort((a, b) => a - b).every((version, index) => version === index + 1);
      look(`score_events ${line}`, !dense && 'versions_not_dense');
    }
    const current: Record<string, unknown>[] = await tx('current_scores');
    for (const row of current) {
      const key = [row.enrolment_id, row.course_id, row.attempt, row.component_key].join(' ');
      const event = last.get(key);
      last.delete(key);
      const same =
        event &&
        event.id === row.event_id &&
        event.value === row.value &&
        event.mark === row.mark &&
        event.sheet_id === row.sheet_id;
      look(`current_scores ${key}`, !event ? 'score_without_event' : !same && 'differs_from_last_event');
    }
    for (const key of last.keys()) look(`current_scores ${key}`, 'event_without_score');
    return finding;
  },
);

const isLater = (a: Row, b: Row): boolean =>
  a.sheet_id === b.sheet_id ? Number(a.version) > Number(b.version) : `${a.at}${a.id}` > `${b.at}${b.id}`;
