export type SheetState = 'empty' | 'draft' | 'submitted' | 'locked' | 'archived';

export type SheetEventKind =
  | 'submitted'
  | 'accepted'
  | 'returned'
  | 'unlock_requested'
  | 'unlock_refused'
  | 'unlocked'
  | 'archived';

export interface SheetEvent {
  ordinal: number;
  kind: SheetEventKind;
  actorId: string;
  at: string;
  reason: string | null;
  /** Rows an unlock is about; absent on other events. */
  rows?: readonly string[];
}

export interface SheetStanding {
  state: SheetState;
  /** Rows that may be entered now: all of them, none, or those an unlock has opened. */
  open: 'all' | 'none' | readonly string[];
  /** An unlock request nobody has answered. */
  request: SheetEvent | null;
  /** Of the last return or refusal, for whoever has to act on it. */
  reason: string | null;
  since: string | null;
}

/** The five states of a score sheet, worked out from what has happened to it and never set (ecosystem.md §9). */
export function sheetStateOf(events: readonly SheetEvent[], hasDrafts: boolean): SheetStanding {
  const begin: SheetStanding = {
    state: hasDrafts ? 'draft' : 'empty',
    open: 'all',
    request: null,
    reason: null,
    since: null,
  };
  return events.reduce((standing, event) => after(standing, event), begin);
}

function after(standing: SheetStanding, event: SheetEvent): SheetStanding {
  const { at: since, reason } = event;
  switch (event.kind) {
    case 'submitted':
      return { state: 'submitted', open: 'none', request: null, reason: null, since };
    case 'accepted':
      return { state: 'locked', open: 'none', request: null, reason: null, since };
    case 'returned':
      return { state: 'draft', open: 'all', request: null, reason, since };
    case 'unlock_requested':
      return { ...standing, request: event };
    case 'unlock_refused':
      return { ...standing, request: null, reason };
    case 'unlocked':
      return { state: 'draft', open: event.rows ?? 'all', request: null, reason, since };
    case 'archived':
      return { state: 'archived', open: 'none', request: null, reason: null, since };
  }
}

/** What each act on a sheet may start from. */
const startsFrom: Readonly<Record<SheetEventKind, readonly SheetState[]>> = {
  submitted: ['empty', 'draft'],
  accepted: ['submitted'],
  returned: ['submitted'],
  unlock_requested: ['locked'],
  unlock_refused: ['locked'],
  unlocked: ['locked'],
  archived: ['locked'],
};

export const mayHappen = (kind: SheetEventKind, { state }: SheetStanding): boolean => startsFrom[kind].includes(state);
