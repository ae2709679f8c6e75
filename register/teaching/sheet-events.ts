import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { sheetStateOf } from '../../rules/sheet-state.ts';
import type { SheetEvent, SheetEventKind, SheetStanding } from '../../rules/sheet-state.ts';

interface EventRow {
  sheet_id: string;
  ordinal: number;
  kind: SheetEventKind;
  reason: string | null;
  body: string;
  actor_id: string;
  at: string;
}

export interface SheetHistory extends SheetStanding {
  events: SheetEvent[];
}

const unopened: SheetHistory = { ...sheetStateOf([], false), events: [] };

/** Where each sheet stands, worked out from its events and whether it holds drafts. */
export async function readStandings(tx: Tx, sheetIds: readonly string[]): Promise<(sheetId: string) => SheetHistory> {
  const found = new Map<string, SheetHistory>();
  for (const page of pagesOf(sheetIds, 5000)) {
    const rows: EventRow[] = await tx('score_sheet_events').whereIn('sheet_id', page).orderBy(['sheet_id', 'ordinal']);
    const drafted = new Set<string>(await tx('score_drafts').whereIn('sheet_id', page).distinct().pluck('sheet_id'));
    for (const id of page) {
      const events = rows.filter((row) => row.sheet_id === id).map(eventOf);
      found.set(id, { events, ...sheetStateOf(events, drafted.has(id)) });
    }
  }
  return (sheetId) => found.get(sheetId) ?? unopened;
}

function eventOf({ ordinal, kind, reason, body, actor_id: actorId, at }: EventRow): SheetEvent {
  const { rows } = JSON.parse(body) as { rows?: string[] };
  return { ordinal, kind, reason, actorId, at, ...(rows ? { rows } : {}) };
}
