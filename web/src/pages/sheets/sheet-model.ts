import type { components, paths } from '../../api/schema.d.ts';
import type { Permission } from '../../api/session.ts';
import { readEntry, scoreText } from '../../score-grid/entry.ts';
import type { Mark } from '../../score-grid/entry.ts';
import type { GridColumn, GridRow, Texts } from '../../score-grid/model.ts';
import { cellKey } from '../../score-grid/model.ts';

export type Sheet = components['schemas']['ScoreSheet'];
/** One cell of a draft as the API takes it. */
export type Score = NonNullable<
  paths['/v1/score-sheets/{id}/scores']['put']['requestBody']
>['content']['application/json']['cells'][number];

/** Stands for the course total of an imported sheet, which has no components. */
export const TOTAL = 'total';
const FULL = 10_000;
const HUNDRED = 1_000;

export function columnsOf(sheet: Sheet, totalWord: string): GridColumn[] {
  const imported = sheet.rows.some(({ cells }) => cells.some(({ componentId }) => componentId === null));
  if (imported) return [{ id: TOTAL, name: totalWord, weight: FULL, max: HUNDRED }];
  return sheet.components.map(({ id, name, weight, maxScore }) => ({ id, name, weight, max: maxScore }));
}

export function rowsOf(sheet: Sheet, mayEdit: boolean): GridRow[] {
  const open = (id: string): boolean => sheet.open === 'all' || (sheet.open !== 'none' && sheet.open.includes(id));
  return sheet.rows.map(({ enrolmentId, studentNo, name }) => ({
    id: enrolmentId,
    studentNo,
    name,
    editable: mayEdit && open(enrolmentId),
  }));
}

/** What the server holds, as the cells show it. */
export function textsOf(sheet: Sheet, markWord: (mark: Mark) => string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const row of sheet.rows) {
    for (const { componentId, value, mark } of row.cells) {
      const text = mark ? markWord(mark) : value === null ? '' : scoreText(value);
      if (text !== '') texts[cellKey(row.enrolmentId, componentId ?? TOTAL)] = text;
    }
  }
  return texts;
}

/** The edits a draft can hold, as the API takes them. Faulty cells stay on the page until they are put right. */
export function scoresOf(edits: Texts, columns: readonly GridColumn[]): { keys: string[]; scores: Score[] } {
  const keys: string[] = [];
  const scores: Score[] = [];
  for (const [key, text] of Object.entries(edits)) {
    const [enrolmentId = '', componentId = ''] = key.split('/');
    const column = columns.find(({ id }) => id === componentId);
    const entry = column && readEntry(text, column.max);
    if (!entry || entry.kind === 'fault') continue;
    keys.push(key);
    scores.push({
      enrolmentId,
      componentId,
      value: entry.kind === 'score' ? entry.value : null,
      mark: entry.kind === 'mark' ? entry.mark : null,
    });
  }
  return { keys, scores };
}

/** The sheet after a draft was saved, without asking the server for all of it again. */
export function withScores(sheet: Sheet, scores: readonly Score[], version: number): Sheet {
  const saved = new Map(scores.map((score) => [cellKey(score.enrolmentId, score.componentId), score]));
  const rows = sheet.rows.map((row) => {
    if (!scores.some(({ enrolmentId }) => enrolmentId === row.enrolmentId)) return row;
    const cells = sheet.components.map(({ id }) => {
      const cell = row.cells.find(({ componentId }) => componentId === id) ?? {
        componentId: id,
        value: null,
        mark: null,
        recorded: null,
      };
      const score = saved.get(cellKey(row.enrolmentId, id));
      return score ? { ...cell, value: score.value ?? null, mark: score.mark ?? null } : cell;
    });
    return { ...row, cells };
  });
  return { ...sheet, rows, version, state: sheet.state === 'empty' ? 'draft' : sheet.state };
}

export const studentOptions = ({ rows }: Sheet) =>
  rows.map(({ enrolmentId, name, studentNo }) => ({ value: enrolmentId, label: `${name} ${studentNo}` }));

/** What stands on record for one cell; null where nothing does. */
export function cellToCorrect(sheet: Sheet, row: string, column: string) {
  const cells = sheet.rows.find(({ enrolmentId }) => enrolmentId === row)?.cells ?? [];
  return cells.find(({ componentId }) => (componentId ?? TOTAL) === column)?.recorded ?? null;
}

type MenuEntry = 'print' | 'scheme' | 'correct' | 'unlock' | 'resit' | 'archive';

/** What the menu of a sheet offers: each act where the register would take it, to whoever may ask. */
export function menuActs(
  { state, request }: Pick<Sheet, 'state' | 'request'>,
  may: (permission: Permission) => boolean,
): MenuEntry[] {
  const cameIn = state === 'submitted' || state === 'locked' || state === 'archived';
  const closed = state === 'locked' || state === 'archived';
  const settled = state === 'locked' && request === null;
  const offered: Record<MenuEntry, boolean> = {
    print: cameIn && may('score_sheets.print'),
    correct: closed && may('scores.correct'),
    unlock: settled && may('score_sheets.edit'),
    resit: cameIn && may('score_sheets.accept'),
    archive: settled && may('score_sheets.accept'),
    scheme: may('schemes.read'),
  };
  return (Object.keys(offered) as MenuEntry[]).filter((entry) => offered[entry]);
}
