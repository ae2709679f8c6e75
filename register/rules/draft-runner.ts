import type { LoadedRuleset } from '../../rules/load.ts';
import { loadRuleset } from '../../rules/load.ts';
import { runTests } from '../../rules/run-tests.ts';
import type { TestReport } from '../../rules/run-tests.ts';

/** What may be asked of a document nobody has approved yet; `bin/` decides where it runs and within which limits. */
export interface DraftRunner {
  tests(document: unknown): Promise<TestReport[]>;
}

/** In this very thread, without limits: for tests and for documents that people have approved. */
export const runHere: DraftRunner = {
  tests: (document) => runTests(load(document)),
};

function load(document: unknown): LoadedRuleset {
  return loadRuleset(document);
}
