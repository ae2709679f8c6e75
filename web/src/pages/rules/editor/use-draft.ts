import { useCallback, useEffect, useRef, useState } from 'react';
import { answer, api, keyedAt, Refused } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Edit } from '../../../rules-editor/edit.ts';

type Draft = components['schemas']['RuleDraft'];
export type SaveState = 'saved' | 'typing' | 'saving' | 'failed' | 'conflict';

const PAUSE_MILLIS = 1_500;
const RETRY_MILLIS = 8_000;
const LONGEST_HISTORY = 100;

interface History {
  past: readonly RuleDocument[];
  now: RuleDocument;
  future: readonly RuleDocument[];
}

export interface DraftHandle {
  doc: RuleDocument;
  edit: (edit: Edit) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  state: SaveState;
  savedAt: string;
  /** Sends what is not yet saved and gives the version the server then has. */
  flush: () => Promise<number>;
}

/** A draft that saves itself a moment after the last change, from the version it has seen, and can be undone step by step. */
export function useDraft(draft: Draft): DraftHandle {
  const [history, setHistory] = useState<History>({ past: [], now: draft.document as RuleDocument, future: [] });
  const [state, setState] = useState<SaveState>('saved');
  const [savedAt, setSavedAt] = useState(draft.updatedAt);
  const latest = useRef(history.now);
  const stored = useRef(history.now);
  const version = useRef(draft.version);
  const running = useRef<Promise<void> | null>(null);
  latest.current = history.now;

  const save = useCallback(async () => {
    while (stored.current !== latest.current) {
      const document = latest.current;
      setState('saving');
      try {
        const call = { ...keyedAt(version.current, { path: { id: draft.id } }), body: { document } };
        const saved = await answer(api.PUT('/v1/rule-drafts/{id}', call));
        version.current = saved.version;
        stored.current = document;
        setSavedAt(new Date().toISOString());
        setState(latest.current === document ? 'saved' : 'typing');
      } catch (error) {
        const lost = error instanceof Refused && (error.status === 412 || error.code === 'draft_ended');
        setState(lost ? 'conflict' : 'failed');
        throw error;
      }
    }
  }, [draft.id]);

  const flush = useCallback(async () => {
    running.current ??= save().finally(() => {
      running.current = null;
    });
    await running.current;
    // what was typed while that ran
    if (stored.current !== latest.current) await save();
    return version.current;
  }, [save]);

  useEffect(() => {
    if (stored.current === history.now || state === 'conflict') return;
    const timer = setTimeout(
      () => void flush().catch(() => undefined), // said in `state`
      state === 'failed' ? RETRY_MILLIS : PAUSE_MILLIS,
    );
    return () => clearTimeout(timer);
  }, [history.now, state, flush]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (stored.current !== latest.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void flush().catch(() => undefined); // leaving the page: the last words still go out
    };
  }, [flush]);

  const edit = useCallback((change: Edit) => {
    setHistory((was) => {
      const now = change(was.now);
      if (now === was.now) return was;
      return { past: [...was.past.slice(-LONGEST_HISTORY), was.now], now, future: [] };
    });
    setState((was) => (was === 'conflict' ? was : 'typing'));
  }, []);
  const step = (from: 'past' | 'future') => () => {
    setHistory((was) => stepOf(was, from));
    setState((was) => (was === 'conflict' ? was : 'typing'));
  };
  return {
    doc: history.now,
    edit,
    undo: history.past.length > 0 ? step('past') : null,
    redo: history.future.length > 0 ? step('future') : null,
    state,
    savedAt,
    flush,
  };
}

function stepOf({ past, now, future }: History, from: 'past' | 'future'): History {
  if (from === 'past') {
    const back = past.at(-1);
    return back ? { past: past.slice(0, -1), now: back, future: [now, ...future] } : { past, now, future };
  }
  const [next, ...rest] = future;
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future };
}
