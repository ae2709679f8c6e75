import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hostileDocuments } from '../../bench/rules/hostile.ts';
import { benchStudents } from '../../bench/rules/documents.ts';
import { createDraftRunner } from '../../bin/lib/draft-runner.ts';
import { bundled } from '../../bin/lib/thread-entry.ts';
import type { DraftRunner } from '../../rules/drafts.ts';

vi.setConfig({ testTimeout: 60_000 });

// Threads that skip the lint, so that only the evaluators and the limits stand between a document and harm.
const unlinted = fileURLToPath(new URL('./fakes/unlinted-thread.ts', import.meta.url));
let runner: DraftRunner;
beforeAll(() => {
  runner = createDraftRunner({ entry: () => bundled(unlinted, ['rules', 'schemas']), limits: { jobMillis: 3_000 } });
});
afterAll(() => runner.close());

const [student] = benchStudents(1);

/** Too heavy, an error, or a verdict that harmed nobody; never a process that hangs or code that ran. */
async function comesTo(text: string): Promise<string> {
  try {
    const answer = (await runner.try(text, student!)) as unknown as { escaped: unknown };
    return answer.escaped === null ? 'harmless' : 'escaped';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'error';
  }
}

test.each(hostileDocuments)('$name, forced past the lint, harms nobody', async ({ text }) => {
  const began = performance.now();

  expect(['harmless', 'error', 'rule_draft_too_heavy', 'rule_document_faulty', 'rule_run_incomplete']).toContain(
    await comesTo(text()),
  );
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(Reflect.get(globalThis, 'escaped')).toBeUndefined();
});

test('what would hang the process is stopped by its limits', async () => {
  const { text } = hostileDocuments.find(({ name }) => name === 'references that double eighteen times')!;

  expect(await comesTo(text())).toBe('rule_draft_too_heavy');
});
