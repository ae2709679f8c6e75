import { limits as documentLimits } from '../../schemas/ruleset.ts';
import { Faults } from '../../rules/faults.ts';
import { withinBounds } from '../../rules/guard.ts';
import type { DraftAnswers, DraftDocument, DraftJob, DraftRunner } from '../../rules/drafts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import { DraftLane } from './draft-lane.ts';
import { draftLimits } from './draft-wire.ts';
import type { DraftLimits } from './draft-wire.ts';
import { threadEntry } from './thread-entry.ts';

interface Options {
  /** Another thread's file, for tests. */
  entry?: () => Promise<string>;
  limits?: Partial<DraftLimits>;
}

/** Threads are started when first needed, and end when they have had nothing to do for a minute. */
export function createDraftRunner({ entry = draftThread, limits }: Options = {}): DraftRunner {
  const { evaluationMillis, evaluationMiB, jobMillis, jobMiB, waiting } = { ...draftLimits, ...limits };
  const common = { evaluationMillis, jobMillis, waiting };
  const short = new DraftLane(entry, { ...common, heapMiB: evaluationMiB });
  const long = new DraftLane(entry, { ...common, heapMiB: jobMiB });
  const run = async <K extends DraftJob['kind']>(lane: DraftLane, job: DraftJob & { kind: K }) => {
    const faults = [...unbounded(job.document), ...('base' in job ? unbounded(job.base) : [])];
    if (faults.length > 0) throw new Problem('rule_document_faulty', faults);
    return (await lane.run(job)) as DraftAnswers[K]; // the thread answers what it was asked
  };
  return {
    async lint(document) {
      const faults = unbounded(document);
      return faults.length > 0 ? faults : await run(long, { kind: 'lint', document });
    },
    try: (document, facts) => run(short, { kind: 'try', document, facts }),
    tests: (document) => run(long, { kind: 'tests', document }),
    analyse: (document) => run(long, { kind: 'analyse', document }),
    difference: (base, document) => run(long, { kind: 'difference', base, document }),
    async close() {
      await Promise.all([short.close(), long.close()]);
    },
  };
}

const draftThread = (): Promise<string> => threadEntry('draft-thread', ['rules', 'schemas']);

/** What is too large or too deep does not even travel to the thread. */
function unbounded(document: DraftDocument): Fault[] {
  const faults = new Faults();
  if (typeof document !== 'string') withinBounds(document, faults);
  else if (document.length > documentLimits.bytes) faults.add('', 'document_too_large');
  return faults.list;
}
