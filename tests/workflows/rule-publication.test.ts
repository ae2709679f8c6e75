import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../workflows/messages.ts';
import { aCaseId, aStage, due } from './support/stage.ts';
import type { Stage } from './support/stage.ts';

const DAY = 24 * 3_600_000;
const TYPE = 'rulePublication';

describe.each([
  { kept: 'cached', maxCachedWorkflows: 1000 },
  { kept: 'replayed at every task', maxCachedWorkflows: 0 },
])('the publication of a rule, $kept', ({ maxCachedWorkflows }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await aStage({ maxCachedWorkflows });
  });
  afterAll(() => stage.stop());

  test('proves, previews, reminds, and on its day brings into force; then it ends', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId('rrv');
    const now = await env.currentTimeMs();
    register.open(caseId, {
      due: [due('runChecks', 'checks/1', 'analysis'), due('startPreview', 'preview/1')],
      later: [
        { at: now + 2 * DAY, action: due('remindApprovers', 'remind/1') },
        { at: now + 40 * DAY, action: due('bringIntoForce', 'force/1/first') },
      ],
    });
    await nudge(caseId, 1, TYPE);
    await register.when(() => register.get(caseId).doneAt.size === 2);
    await env.sleep('3 days');
    await register.when(() => register.get(caseId).doneAt.has('remind/1'));
    await env.sleep('40 days');
    await register.when(() => register.get(caseId).doneAt.has('force/1/first'));
    expect(register.get(caseId).doneAt.get('force/1/first')).toBeGreaterThanOrEqual(now + 40 * DAY);

    const seq = register.change(caseId, (it) => void (it.closed = true));
    await nudge(caseId, seq, TYPE);
    await ended(caseId, TYPE);
    expect((await stage.activitiesOf(workflowIdOf({ workflowType: TYPE, caseId })))[0]).toBe('loadCase');
  });

  test('suspended after it has ended, it lives again and wakes the cases', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId('rrv');
    register.open(caseId, { closed: true });
    await nudge(caseId, 1, TYPE);
    await ended(caseId, TYPE);
    const seq = register.change(caseId, (it) => it.due.push(due('bringIntoForce', 'force/2/first')));
    await nudge(caseId, seq, TYPE);
    await register.when(() => register.get(caseId).doneAt.has('force/2/first'));
    await ended(caseId, TYPE);
  });
});
