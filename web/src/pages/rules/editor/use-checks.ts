import { useEffect, useState } from 'react';
import { api } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { RuleDocument } from '../../../rules-editor/document.ts';

export type Checks = components['schemas']['RuleDraftChecks'];
const PAUSE_MILLIS = 350;

export interface Checked {
  checks: Checks | null;
  /** As last readable: sentences stay while a fault is being typed away. */
  sentences: Checks['sentences'];
  /** The document the checks are of is the one on the page. */
  fresh: boolean;
  error: unknown;
}

const parts = ['analysis', 'difference', 'tests'] as const;

/**
 * What the server says of the document as typed: first faults, sentences and findings, then what changes, then the tests,
 * which take longest. What is not asked yet stays as it was. The last question wins.
 */
export function useChecks(draftId: string, doc: RuleDocument): Checked {
  const [held, setHeld] = useState<Omit<Checked, 'fresh'>>({ checks: null, sentences: null, error: null });
  const [done, setDone] = useState<RuleDocument | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      try {
        for (const part of parts) {
          const { data } = await api.POST('/v1/rule-drafts/{id}/check', {
            params: { path: { id: draftId } },
            body: { document: doc, parts: [part] },
            signal: stop.signal,
          });
          if (!data) return;
          setHeld((was) => merged(was, data, part));
          if (data.faults.length > 0) break;
        }
        setDone(doc);
      } catch (error) {
        if (!stop.signal.aborted) setHeld((was) => ({ ...was, error }));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [draftId, doc]);
  return { ...held, fresh: done === doc };
}

function merged({ checks: was, sentences }: Omit<Checked, 'fresh'>, now: Checks, part: (typeof parts)[number]) {
  const isFaulty = now.faults.length > 0;
  const kept = isFaulty || part === 'tests' ? {} : { tests: was?.tests ?? null, asked: was?.asked ?? null };
  const analysis = part === 'analysis' ? now.analysis : (was?.analysis ?? null);
  const difference = part === 'difference' ? now.difference : (was?.difference ?? null);
  const checks: Checks = isFaulty ? now : { ...now, analysis, difference, ...kept };
  return { checks, sentences: now.sentences ?? sentences, error: null };
}
