import type { Fault } from '../schemas/problem.ts';
import { Problem } from '../schemas/problem.ts';
import type { Text } from '../schemas/text.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis } from './analysis/analyse.ts';
import { difference } from './analysis/difference.ts';
import type { Difference } from './analysis/difference.ts';
import { agree, decideByReference, decideWithTrace } from './decide.ts';
import { lintRuleset } from './dialect.ts';
import { explain, outcomeText } from './explain.ts';
import type { Reason } from './explain.ts';
import { gateTests } from './gate-tests.ts';
import type { GateReport } from './gate-tests.ts';
import { loadRuleset } from './load.ts';
import { nearMisses } from './near-misses.ts';
import type { NearMisses } from './near-misses.ts';
import type { Stopwatch } from './run-tests.ts';
import { parseStrictJson } from './strict-json.ts';
import type { Facts, Traced } from './verdict.ts';

/** A document as somebody typed it, or already read. */
export type DraftDocument = string | object;

/** What a draft says of one case. Nothing of it is stored. */
export interface Trial {
  verdict: Traced;
  title: Text;
  reasons: Reason[];
  nearMisses: NearMisses;
  /** Whether json-rules-engine says the same, to the last node. */
  agree: boolean;
}

export type DraftJob =
  | { kind: 'lint'; document: DraftDocument }
  | { kind: 'try'; document: DraftDocument; facts: Facts }
  | { kind: 'tests'; document: DraftDocument }
  | { kind: 'analyse'; document: DraftDocument }
  | { kind: 'difference'; base: DraftDocument; document: DraftDocument };

export interface DraftAnswers {
  lint: Fault[];
  try: Trial;
  tests: GateReport;
  analyse: Analysis;
  difference: Difference;
}

/**
 * Runs what is asked of a document that nobody has approved, where it can do no harm (rules.md §1): in a thread with limits of
 * time and memory. Beyond them the thread ends and the asker gets `rule_draft_too_heavy`; a faulty document is
 * `rule_document_faulty` with every fault, except that `lint` answers with them.
 */
export interface DraftRunner {
  lint(document: DraftDocument): Promise<Fault[]>;
  try(document: DraftDocument, facts: Facts): Promise<Trial>;
  tests(document: DraftDocument): Promise<GateReport>;
  analyse(document: DraftDocument): Promise<Analysis>;
  /** From a revision to a draft. */
  difference(base: DraftDocument, document: DraftDocument): Promise<Difference>;
  close(): Promise<void>;
}

/** One job, done here and now: what the thread runs. */
export async function runDraftJob<K extends DraftJob['kind']>(
  job: DraftJob & { kind: K },
  stopwatch: Stopwatch,
): Promise<DraftAnswers[K]>;
export async function runDraftJob(job: DraftJob, stopwatch: Stopwatch): Promise<DraftAnswers[DraftJob['kind']]> {
  switch (job.kind) {
    case 'lint':
      return lintText(job.document);
    case 'try':
      return tryOne(read(job.document), job.facts, stopwatch);
    case 'tests':
      return gateTests(loadRuleset(read(job.document)), stopwatch);
    case 'analyse':
      return analyse(loadRuleset(read(job.document)));
    case 'difference':
      return difference(loadRuleset(read(job.base)), loadRuleset(read(job.document)));
  }
}

/** What is no JSON at all is a fault like any other. */
function read(document: DraftDocument): unknown {
  if (typeof document !== 'string') return document;
  try {
    return parseStrictJson(document);
  } catch (error) {
    throw error instanceof Problem ? new Problem('rule_document_faulty', error.errors) : error;
  }
}

function lintText(document: DraftDocument): Fault[] {
  try {
    return lintRuleset(read(document));
  } catch (error) {
    if (error instanceof Problem) return [...error.errors];
    throw error;
  }
}

async function tryOne(document: unknown, facts: Facts, stopwatch: Stopwatch): Promise<Trial> {
  const loaded = loadRuleset(document);
  stopwatch.start();
  const verdict = decideWithTrace(loaded, facts);
  const same = agree(verdict, await decideByReference(loaded, facts));
  stopwatch.stop();
  return {
    verdict,
    title: outcomeText(loaded.doc, verdict),
    reasons: explain(loaded, verdict, facts),
    nearMisses: nearMisses(loaded, facts),
    agree: same,
  };
}
