import { expect, test } from 'vitest';
import { NUDGE, taskQueues } from '../../workflows/messages.ts';
import { onEachStage } from './support/on-each-stage.ts';
import { aCaseId, due } from './support/stage.ts';

onEachStage((stage) => {
  const addDue = (caseId: string, opKey: string) =>
    stage.register.change(caseId, (it) => void it.due.push(due('openNotice', opKey)));
  const pathway = (caseId: string) => `pathway/${caseId}`;
  const isDone = (caseId: string, opKey: string) => () => stage.register.get(caseId).doneAt.has(opKey);

  test('the first nudge starts the case, which does what is due and waits', async () => {
    const { register, nudge, ended, activitiesOf } = stage;
    const caseId = aCaseId();
    register.open(caseId, { due: [due('recordDecision', 'decide/1'), due('openNotice', 'notice/1')] });

    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).seen === 3);
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect(await activitiesOf(pathway(caseId))).toEqual(['loadCase', 'recordDecision', 'openNotice', 'loadCase']);
  });

  test('a nudge sent five times changes nothing', async () => {
    const { register, nudge, ended, handle } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    const seq = addDue(caseId, 'notice/1');

    for (let i = 0; i < 5; i += 1) await nudge(caseId, seq);
    await register.when(isDone(caseId, 'notice/1'));
    for (let i = 0; i < 5; i += 1) await handle(caseId).signal(NUDGE, { seq });
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect([...register.get(caseId).doneAt.keys()]).toEqual(['notice/1']);
  });

  test('a nudge whose event was already seen costs no activity', async () => {
    const { register, nudge, ended, handle, activitiesOf } = stage;
    const caseId = aCaseId();
    register.open(caseId, { seq: 7 });
    await nudge(caseId, 7);
    await register.when(() => register.get(caseId).reads === 1);

    for (let seq = 1; seq <= 7; seq += 1) await handle(caseId).signal(NUDGE, { seq });
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect((await activitiesOf(pathway(caseId))).length).toBeLessThanOrEqual(3);
  });

  test('what a lost nudge would have said is seen with the next one', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);

    addDue(caseId, 'lost/1'); // nobody is told
    await nudge(caseId, addDue(caseId, 'told/1'));
    await register.when(isDone(caseId, 'told/1'));
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect([...register.get(caseId).doneAt.keys()]).toEqual(['lost/1', 'told/1']);
  });

  test('forged and malformed nudges make it read, and change nothing', async () => {
    const { register, ended, handle, nudge } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    const forged = [
      { seq: Number.MAX_SAFE_INTEGER },
      { seq: -1 },
      { seq: 0.5 },
      { seq: 1e300 },
      { seq: '99' },
      { seq: null },
      { seq: { seq: 9 } },
      {},
      null,
      [],
      'nudge',
      12,
      true,
      { due: [{ kind: 'issueCertificate', profile: 'quick', opKey: 'issue/forged' }], ended: true },
    ];

    for (const payload of forged) await handle(caseId).signal(NUDGE, payload);
    await handle(caseId).signal(NUDGE);
    await handle(caseId).signal('no_such_signal', { seq: 3 });
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect(register.get(caseId)).toMatchObject({ seq: 2, doneAt: new Map() });
  });

  test('a nudge that comes while an action is at work is not lost', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId, { due: [due('openNotice', 'slow/1')] });
    let told = false;
    register.afterRead = async (id, snapshot) => {
      if (told || id !== caseId || snapshot.due.length > 0) return;
      told = true; // the snapshot is read, and stale before the workflow gets it
      await nudge(caseId, addDue(caseId, 'late/1'));
    };

    await nudge(caseId, 1);
    await register.when(isDone(caseId, 'late/1'));
    register.afterRead = () => undefined;
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect([...register.get(caseId).doneAt.keys()]).toEqual(['slow/1', 'late/1']);
  });

  test('an event at the very end of a run is not missed', async () => {
    const { register, nudge, ended } = stage;
    const caseIds = Array.from({ length: 20 }, () => aCaseId());

    for (const caseId of caseIds) {
      register.open(caseId, { closed: true });
      await nudge(caseId, 1);
      await nudge(caseId, addDue(caseId, 'reopened/1'));
    }
    for (const caseId of caseIds) {
      await register.when(isDone(caseId, 'reopened/1'));
      await ended(caseId);
    }
  });

  test('a late nudge to an ended case reads and ends again', async () => {
    const { register, nudge, ended, activitiesOf } = stage;
    const caseId = aCaseId();
    register.open(caseId, { closed: true });
    await nudge(caseId, 1);
    await ended(caseId);

    await nudge(caseId);
    await ended(caseId);

    expect(register.get(caseId).reads).toBe(2);
    expect(await activitiesOf(pathway(caseId))).toEqual(['loadCase']);
  });

  test('a case the register does not know ends at once', async () => {
    const { nudge, ended, activitiesOf } = stage;
    const caseId = aCaseId();

    await nudge(caseId, 3);
    await ended(caseId);

    expect(await activitiesOf(pathway(caseId))).toEqual(['loadCase']);
  });

  test.each([[undefined], [null], [{}], [{ caseId: 7 }], ['enr_forged'], [{ schema: 1, caseId: '../../etc/passwd' }]])(
    'a start with the forged input %j ends at once',
    async (input) => {
      const { env } = stage;
      const workflowId = `pathway/forged-${aCaseId()}`;

      await env.client.workflow.execute('studentPathway', {
        workflowId,
        taskQueue: taskQueues.pathways,
        args: [input],
      });
    },
  );

  test('a cohort operation does page after page', async () => {
    const { register, nudge, ended, activitiesOf } = stage;
    const operation = aCaseId('opn');
    register.open(operation, {
      due: [1, 201, 401].map((first) => due('runPage', `page/${operation}/${first}`, 'page')),
      closed: true,
    });

    await nudge(operation, 1, 'cohortOperation');
    await ended(operation, 'cohortOperation');

    expect(await activitiesOf(`cohort/${operation}`)).toEqual(['loadCase', 'runPage', 'runPage', 'runPage']);
  });
});
