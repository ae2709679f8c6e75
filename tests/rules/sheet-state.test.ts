import { describe, expect, test } from 'vitest';
import { mayHappen, sheetStateOf } from '../../rules/sheet-state.ts';
import type { SheetEvent, SheetEventKind } from '../../rules/sheet-state.ts';

const events = (...kinds: SheetEventKind[]): SheetEvent[] =>
  kinds.map((kind, index) => ({
    ordinal: index + 1,
    kind,
    actorId: 'usr_a',
    at: `2026-01-0${index + 1}T00:00:00.000Z`,
    reason: kind === 'returned' ? '漏登' : null,
    ...(kind === 'unlock_requested' || kind === 'unlocked' ? { rows: ['enr_1'] } : {}),
  }));

describe('the state of a score sheet', () => {
  test.each([
    [[], false, 'empty', 'all'],
    [[], true, 'draft', 'all'],
    [['submitted'], false, 'submitted', 'none'],
    [['submitted', 'returned'], false, 'draft', 'all'],
    [['submitted', 'accepted'], false, 'locked', 'none'],
    [['submitted', 'accepted', 'unlock_requested'], false, 'locked', 'none'],
    [['submitted', 'accepted', 'unlock_requested', 'unlock_refused'], false, 'locked', 'none'],
    [['submitted', 'accepted', 'unlock_requested', 'unlocked'], true, 'draft', ['enr_1']],
    [['submitted', 'accepted', 'unlock_requested', 'unlocked', 'submitted'], false, 'submitted', 'none'],
    [['submitted', 'accepted', 'archived'], false, 'archived', 'none'],
  ] as const)('after %j with drafts %s is %s', (kinds, drafts, state, open) => {
    expect(sheetStateOf(events(...kinds), drafts)).toMatchObject({ state, open });
  });

  test('says why it came back, and forgets it when it is handed in again', () => {
    expect(sheetStateOf(events('submitted', 'returned'), true).reason).toBe('漏登');
    expect(sheetStateOf(events('submitted', 'returned', 'submitted'), false).reason).toBeNull();
  });

  test('a request waits until somebody answers it', () => {
    const asked = sheetStateOf(events('submitted', 'accepted', 'unlock_requested'), false);
    expect(asked.request?.ordinal).toBe(3);
    expect(
      sheetStateOf(events('submitted', 'accepted', 'unlock_requested', 'unlock_refused'), false).request,
    ).toBeNull();
  });

  test('an archived sheet takes no step, an empty one none but submission', () => {
    const kinds: SheetEventKind[] = [
      'submitted',
      'accepted',
      'returned',
      'unlock_requested',
      'unlock_refused',
      'unlocked',
      'archived',
    ];
    const archived = sheetStateOf(events('submitted', 'accepted', 'archived'), false);
    expect(kinds.filter((kind) => mayHappen(kind, archived))).toEqual([]);
    expect(kinds.filter((kind) => mayHappen(kind, sheetStateOf([], false)))).toEqual(['submitted']);
  });
});
