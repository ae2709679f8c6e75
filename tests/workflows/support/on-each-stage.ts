import { afterAll, beforeAll, describe } from 'vitest';
import { aStage } from './stage.ts';
import type { Stage } from './stage.ts';

/** The same tests twice, each time on a stage of its own: with workflows kept in memory, and rebuilt from history at every task. */
export function onEachStage(tests: (stage: Stage) => void): void {
  describe.each([
    { kept: 'cached', maxCachedWorkflows: 1000 },
    { kept: 'replayed at every task', maxCachedWorkflows: 0 },
  ])('workflows $kept', ({ maxCachedWorkflows }) => {
    const stage = {} as Stage; // filled before the first test runs
    beforeAll(async () => void Object.assign(stage, await aStage({ maxCachedWorkflows })));
    afterAll(() => stage.stop());
    tests(stage);
  });
}
