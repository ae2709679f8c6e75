import { parentPort, workerData } from 'node:worker_threads';
import { runDraftJob } from '../../rules/drafts.ts';
import type { DraftJob } from '../../rules/drafts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Said } from './draft-wire.ts';

/** The thread that may die: imports rules and nothing else, runs one job after another, opens nothing. */
const { evaluations } = workerData as { evaluations: SharedArrayBuffer }; // made by draft-runner.ts
const count = new Int32Array(evaluations);

/** Odd while an evaluation runs; whoever watches from outside sees one that stays. */
const turn = (): void => void Atomics.add(count, 0, 1);

parentPort!.on('message', (job: DraftJob) => {
  runDraftJob(job, { start: turn, stop: turn }).then(
    (answer) => say({ say: 'answer', answer }),
    (error: unknown) => {
      if (Atomics.load(count, 0) % 2 === 1) turn();
      if (error instanceof Problem) say({ say: 'problem', code: error.code, errors: [...error.errors] });
      else say({ say: 'fault', trace: error instanceof Error ? (error.stack ?? '') : 'unknown' });
    },
  );
});

function say(said: Said): void {
  parentPort!.postMessage(said);
}

say({ say: 'ready' });
