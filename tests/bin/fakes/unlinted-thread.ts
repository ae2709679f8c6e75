// A draft thread whose lint has been forgotten: what is forced past it meets the evaluators themselves.
import { parentPort, workerData } from 'node:worker_threads';
import { adapt, evaluateByReference } from '../../../rules/reference.ts';
import { compile, evaluateWithTrace } from '../../../rules/compile.ts';
import type { DraftJob } from '../../../rules/drafts.ts';
import type { Ruleset } from '../../../schemas/ruleset.ts';

const count = new Int32Array((workerData as { evaluations: SharedArrayBuffer }).evaluations);

async function force(job: DraftJob & { kind: 'try' }): Promise<unknown> {
  const doc = JSON.parse(job.document as string) as Ruleset;
  Atomics.add(count, 0, 1);
  if ('compiled' in job.facts) evaluateWithTrace(compile(doc), {});
  const verdict = await evaluateByReference(adapt(doc), job.facts);
  Atomics.add(count, 0, 1);
  return { verdict, escaped: Reflect.get(globalThis, 'escaped') ?? null };
}

parentPort!.on('message', (job: DraftJob & { kind: 'try' }) => {
  force(job).then(
    (answer) => parentPort!.postMessage({ say: 'answer', answer }),
    (error: unknown) =>
      parentPort!.postMessage({ say: 'fault', trace: error instanceof Error ? `${error.name}: ${error.message}` : '' }),
  );
});
parentPort!.postMessage({ say: 'ready' });
