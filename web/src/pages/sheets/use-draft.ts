import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, keyedAt, Refused } from '../../api/client.ts';
import type { GridColumn, Texts } from '../../score-grid/model.ts';
import type { Sheet } from './sheet-model.ts';
import { scoresOf, textsOf, withScores } from './sheet-model.ts';

const AUTOSAVE_MS = 900;
const RETRY_MS = 5_000;

export interface Draft {
  texts: Texts;
  change: (texts: Record<string, string>) => void;
  /** Saves what can be saved now; resolves when the server holds it. */
  flush: () => Promise<void>;
  /** Something is held on this page only. */
  held: boolean;
  /** Saves what can be saved before the page is left; whether something is left that cannot. */
  settle: () => Promise<boolean>;
  saving: boolean;
  failed: unknown;
  savedAt: Date | null;
  unsaved: number;
}

/** What is typed into a sheet, saved by itself a moment after the last key. Edits stay here until the server holds them. */
export function useDraft(sheet: Sheet, columns: readonly GridColumn[]): Draft {
  const { t } = useTranslation('sheets');
  const client = useQueryClient();
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const stored = useMemo(() => textsOf(sheet, (mark) => t(`marks.${mark}`)), [sheet, t]);
  const texts = useMemo(() => ({ ...stored, ...edits }), [stored, edits]);
  const now = useRef({ edits, columns });
  now.current = { edits, columns };
  const running = useRef<Promise<void>>(Promise.resolve());
  const key = useMemo(() => ['sheet', sheet.id], [sheet.id]);

  const save = useCallback(async () => {
    const held = now.current.edits;
    const { keys, scores } = scoresOf(held, now.current.columns);
    const at = client.getQueryData<Sheet>(key);
    if (scores.length === 0 || !at) return;
    setSaving(true);
    try {
      const { version } = await answer(
        api.PUT('/v1/score-sheets/{id}/scores', {
          ...keyedAt(at.version, { path: { id: at.id } }),
          body: { mode: 'merge', cells: scores },
        }),
      );
      client.setQueryData<Sheet>(key, (was) => was && withScores(was, scores, version));
      setEdits((was) =>
        Object.fromEntries(Object.entries(was).filter(([cell, text]) => !(keys.includes(cell) && held[cell] === text))),
      );
      setFailed(null);
      setSavedAt(new Date());
    } catch (error) {
      setFailed(error);
      if (error instanceof Refused && (error.code === 'version_mismatch' || error.code === 'stale'))
        await client.invalidateQueries({ queryKey: key });
      throw error;
    } finally {
      setSaving(false);
    }
  }, [client, key]);

  const flush = useCallback(() => {
    const next = running.current.catch(() => undefined).then(save);
    running.current = next;
    return next;
  }, [save]);

  const unsaved = scoresOf(edits, columns).scores.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key starts the pause anew
  useEffect(() => {
    if (unsaved === 0) return undefined;
    const timer = setTimeout(() => void flush().catch(() => undefined), failed === null ? AUTOSAVE_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [edits, unsaved, failed, flush]);

  // cells to correct are held nowhere but on this page, and neither is what the server would not take
  const settle = useCallback(async () => {
    try {
      await flush();
    } catch {
      return true;
    }
    const left = now.current.edits;
    return Object.keys(left).length > scoresOf(left, now.current.columns).keys.length;
  }, [flush]);

  // leaving the page inside the console saves what is still open
  useEffect(() => () => void flush().catch(() => undefined), [flush]);

  const change = useCallback((changed: Record<string, string>) => setEdits((was) => ({ ...was, ...changed })), []);
  const held = Object.keys(edits).length > 0;
  return { texts, change, flush, settle, held, saving, failed, savedAt, unsaved };
}
