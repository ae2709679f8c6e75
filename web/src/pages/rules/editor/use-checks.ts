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

/** What the server says of the document as typed: faults, sentences, tests, analysis, difference. The last question wins. */
export function useChecks(draftId: string, doc: RuleDocument): Checked {
  const [held, setHeld] = useState<{ of: RuleDocument | null } & Omit<Checked, 'fresh'>>({
    of: null,
    checks: null,
    sentences: null,
    error: null,
  });
  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      try {
        const { data } = await api.POST('/v1/rule-drafts/{id}/check', {
          params: { path: { id: draftId } },
          body: { document: doc },
          signal: stop.signal,
        });
        const checks = data ?? null;
        setHeld((was) => ({ of: doc, checks, sentences: checks?.sentences ?? was.sentences, error: null }));
      } catch (error) {
        if (!stop.signal.aborted) setHeld((was) => ({ ...was, of: doc, error }));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [draftId, doc]);
  return { checks: held.checks, sentences: held.sentences, error: held.error, fresh: held.of === doc };
}
