import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../../bin/workflow-bundle.ts';
import { workflowBundle } from './support/bundle.ts';
import { scenarios } from './support/scenarios.ts';
import { aStage } from './support/stage.ts';
import type { Stage } from './support/stage.ts';

type History = Parameters<typeof Worker.runReplayHistory>[1];
interface Recorded {
  workflowId: string;
  history: History;
}

const folder = (path = '') => fileURLToPath(new URL(`replay/${path}`, import.meta.url));
const releases = readdirSync(folder());

let cached: Stage;
let uncached: Stage; // the test server does not hand on what a dead worker had cached
beforeAll(async () => {
  [cached, uncached] = await Promise.all([aStage({ maxCachedWorkflows: 1000 }), aStage({ maxCachedWorkflows: 0 })]);
});
afterAll(() => Promise.all([cached.stop(), uncached.stop()]));

/** What a scenario records; written into the repository when RECORD_RELEASE names the release. */
async function record(name: string): Promise<Recorded> {
  const stage = name === 'shutdown-in-mid-action' ? uncached : cached;
  const [workflowId = '', runId] = ((await scenarios[name]?.(stage)) ?? '').split('#');
  const history = withoutPlace(
    historyToJSON(await stage.env.client.workflow.getHandle(workflowId, runId).fetchHistory()),
  );
  const release = process.env.RECORD_RELEASE;
  if (release) {
    mkdirSync(folder(release), { recursive: true });
    writeFileSync(folder(`${release}/${name}.json`), `${JSON.stringify({ workflowId, history })}\n`);
  }
  return { workflowId, history };
}

/** Nothing of the machine it was recorded on: no host, no folder. */
function withoutPlace(text: string): History {
  const keep = (key: string, value: unknown) => (key === 'stackTrace' ? '' : value);
  return JSON.parse(text.replaceAll(hostname(), 'host'), keep) as History; // the JSON form, which the replayer takes too
}

async function failuresOf(
  recorded: Recorded[],
  workflowBundle: ReplayWorkerOptions['workflowBundle'] & object,
): Promise<string[]> {
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, recorded)) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  return failed;
}

const kept = (release: string): Recorded[] =>
  readdirSync(folder(release)).map(
    (file) => JSON.parse(readFileSync(folder(`${release}/${file}`), 'utf8')) as Recorded,
  );

test.each(Object.keys(scenarios))('a run recorded now replays: %s', async (name) => {
  expect(await failuresOf([await record(name)], await workflowBundle())).toEqual([]);
});

test.each(releases)('every history of release %s replays', async (release) => {
  const recorded = kept(release);

  expect(recorded).toHaveLength(Object.keys(scenarios).length);
  expect(await failuresOf(recorded, await workflowBundle())).toEqual([]);
});

test('a changed order of commands is found', async () => {
  const altered = await bundleWorkflows(fileURLToPath(new URL('support/altered/index.ts', import.meta.url)));
  const recorded = releases.flatMap(kept).filter(({ workflowId }) => workflowId.startsWith('pathway/'));

  const failed = await failuresOf(recorded, { code: altered });

  expect(failed.length).toBe(recorded.length);
  expect(failed.every((text) => /nondeterminism|TMPRL1100/i.test(text))).toBe(true);
});
