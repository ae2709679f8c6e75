import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createDraftRunner } from '../../bin/lib/draft-runner.ts';
import type { DraftRunner } from '../../rules/drafts.ts';
import { libraryDocument } from '../rules/library.ts';

const document = libraryDocument('credit.x-certificate');
const facts = { ...document.tests.base, ...document.tests.cases[0]!.facts };

const open: DraftRunner[] = [];
const aRunner = (...options: Parameters<typeof createDraftRunner>): DraftRunner => {
  const runner = createDraftRunner(...options);
  open.push(runner);
  return runner;
};
afterEach(async () => {
  for (const runner of open.splice(0)) await runner.close();
});

test('a draft is tried in a thread: verdict, reasons and both evaluators', async () => {
  const trial = await aRunner().try(document, facts);

  expect(trial).toMatchObject({ agree: true, verdict: { type: document.tests.cases[0]!.expect.type } });
  expect(trial.verdict.trace.rules).toHaveLength(document.rules.length);
});

test('a draft’s tests are run and judged there', async () => {
  const { passed, tests } = await aRunner().tests(JSON.stringify(document));

  expect(passed).toBe(true);
  expect(tests).toHaveLength(document.tests.cases.length);
});

test('a draft is analysed there, and compared with the revision in force', async () => {
  const runner = aRunner();
  const draft = { ...document, rules: document.rules.slice(1) };

  expect(await runner.analyse(document)).toMatchObject({ notDecided: [] });
  expect(await runner.difference(document, document)).toMatchObject({ equal: true, shifts: [] });
  await expect(runner.difference(document, draft)).rejects.toMatchObject({ code: 'rule_document_faulty' });
});

test('a text that is no JSON, or has a key twice, is a fault with its place and words', async () => {
  const runner = aRunner();

  expect(await runner.lint('{"format":')).toMatchObject([{ code: 'json_malformed' }]);
  expect(await runner.lint('{"id":1,"id":2}')).toMatchObject([{ code: 'key_doubled', pointer: '/id' }]);
  expect((await runner.lint('[')).every(({ text }) => text?.['zh-CN'])).toBe(true);
  expect(await runner.lint(document)).toEqual([]);
});

test('a faulty draft is refused with all its faults, and the next one is served', async () => {
  const runner = aRunner();
  const faulty = { ...document, extra: 1, rules: [] };

  await expect(runner.try(faulty, facts)).rejects.toMatchObject({
    code: 'rule_document_faulty',
    errors: expect.arrayContaining([expect.objectContaining({ pointer: '/extra', code: 'key_unknown' })]),
  });
  await expect(runner.try(document, { ...facts, contentOverlap: '80%' })).rejects.toMatchObject({
    code: 'fact_not_lawful',
  });
  expect((await runner.try(document, facts)).agree).toBe(true);
});

test('what is too large or too deep does not reach the thread', async () => {
  const runner = aRunner({ entry: () => Promise.reject(new Error('no thread is needed')) });
  const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);

  expect(await runner.lint('x'.repeat(1_100_000))).toMatchObject([{ code: 'document_too_large' }]);
  await expect(runner.tests(deep as object)).rejects.toMatchObject({ errors: [{ code: 'too_deep' }] });
});

// These threads do what no document within the lint can: they stand for a slip in the lint or in an evaluator.
const hostile = (name: string) => () => Promise.resolve(fileURLToPath(new URL(`./fakes/${name}.mjs`, import.meta.url)));

test.each([
  ['an evaluation that does not end', 'evaluation_time', {}],
  ['a job that does not end', 'job_time', { jobMillis: 300 }],
  ['a job that eats all memory', 'memory', { jobMiB: 16 }],
  ['a thread that goes away', 'ended', {}],
])('%s is stopped, and the next job gets a fresh thread', async (_, limit, limits) => {
  const runner = aRunner({ entry: hostile('hostile-thread'), limits });

  await expect(runner.lint(limit)).rejects.toMatchObject({
    code: 'rule_draft_too_heavy',
    errors: [{ detail: { limit } }],
  });
  expect(await runner.lint('nothing')).toEqual([]);
});

test('closing waits for no job, and nothing more is begun', async () => {
  const runner = aRunner({ entry: hostile('hostile-thread') });
  const asked = [runner.lint('job_time'), runner.lint('nothing')].map((one) => one.catch((error: unknown) => error));
  await runner.close();

  for (const one of await Promise.all([...asked, runner.lint('nothing').catch((error: unknown) => error)]))
    expect(one).toMatchObject({ name: 'Problem' });
});

test('more than may wait are told that the system is busy', async () => {
  const runner = aRunner({ limits: { waiting: 2 } });
  const asked = await Promise.allSettled([1, 2, 3].map(() => runner.lint(document)));

  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(asked[2]).toMatchObject({ reason: { code: 'busy' } });
});
