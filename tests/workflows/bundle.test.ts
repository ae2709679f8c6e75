import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleWorkflows } from '../../bin/workflow-bundle.ts';
import { caseOf, dueKinds, NUDGE, taskQueues, workflowIdOf, workflowKinds } from '../../workflows/messages.ts';
import { workflowBundle } from './support/bundle.ts';

const planted = (source: URL) => bundleWorkflows(fileURLToPath(source));

test('the bundle holds every workflow, and stays under 1.9 MB', async () => {
  const code = readFileSync((await workflowBundle()).codePath, 'utf8');

  expect(code).toContain('studentPathway');
  expect(code).toContain('cohortOperation');
  expect(code).toContain('rulePublication');
  expect(Buffer.byteLength(code)).toBeLessThan(1_900_000);
});

test('a bundle with zod in it is refused', async () => {
  await expect(planted(new URL('support/planted/zod.ts', import.meta.url))).rejects.toThrow(/zod is in it/);
});

test('a bundle with a module of Node in it is refused', async () => {
  await expect(planted(new URL('support/planted/node.ts', import.meta.url))).rejects.toThrow();
});

test('names that Temporal has stored are never renamed', () => {
  expect(NUDGE).toBe('nudge');
  expect(taskQueues).toEqual({ pathways: 'pathways', rules: 'rules', cohort: 'cohort', documents: 'documents' });
  expect(workflowKinds).toEqual({
    studentPathway: { queue: 'pathways', prefix: 'pathway/' },
    cohortOperation: { queue: 'cohort', prefix: 'cohort/' },
    rulePublication: { queue: 'rules', prefix: 'rule-publication/' },
  });
  expect(dueKinds).toEqual([
    ...['recordDecision', 'openNotice', 'closeNotice', 'allocateCertificate', 'signCertificate', 'issueCertificate'],
    ...['renderCertificate', 'remindOverdue', 'recordLapse', 'runPage', 'writeReport'],
    ...['runChecks', 'startPreview', 'remindApprovers', 'expireSubmission', 'bringIntoForce'],
  ]);
});

test('a workflow id names its case, and no other id names one', () => {
  const ref = { workflowType: 'cohortOperation', caseId: 'opn_01hf7yat00041061050r3gg28a' } as const;

  expect(workflowIdOf(ref)).toBe('cohort/opn_01hf7yat00041061050r3gg28a');
  expect(caseOf(workflowIdOf(ref))).toEqual(ref);
  expect(caseOf('temporal-sys-scheduler:x')).toBeUndefined();
});

test('one version of the SDK, and one protobufjs for it', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const of = (ending: RegExp) =>
    Object.entries(lock.packages).flatMap(([path, { version }]) => (ending.test(path) ? [[path, version]] : []));

  expect(new Set(of(/node_modules\/@temporalio\/[^/]+$/).map(([, version]) => version))).toEqual(new Set(['1.24.0']));
  expect(of(/node_modules\/protobufjs$/).filter(([, version]) => !version?.startsWith('7.'))).toEqual([
    ['node_modules/protobufjs', '8.8.1'],
  ]);
});
