import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAgreement } from '../../activities/agreement.ts';
import { connectTemporal } from '../../bin/temporal-connection.ts';
import type { Temporal } from '../../bin/temporal-connection.ts';
import { startWorker } from '../../bin/worker-process.ts';
import type { RunningWorker } from '../../bin/worker-process.ts';
import { agreementPort, outboxPort } from '../../bin/worker-ports.ts';
import { lastAgreement } from '../../db/agreement.ts';
import { openCases, rebuildNudges } from '../../db/case-watch.ts';
import { outboxHealth } from '../../db/outbox.ts';
import { taskQueues } from '../../workflows/messages.ts';
import { onSqlite } from '../support/databases.ts';
import type { TestClock } from '../support/databases.ts';
import { workflowBundle } from './support/bundle.ts';
import { aDevServer, NAMESPACE } from './support/dev-server.ts';
import { KeptRegister } from './support/kept-register.ts';
import { aCaseId, due, quietRuntime, silentLog } from './support/stage.ts';

const clock: TestClock = { now: () => new Date().toISOString(), set: () => undefined, advance: () => undefined };

onSqlite((open) => {
  let server: Awaited<ReturnType<typeof aDevServer>>;
  let temporal: Temporal;
  let register: KeptRegister;
  let worker: RunningWorker;

  const startOne = async () =>
    startWorker({
      temporal,
      conductor: register,
      outbox: outboxPort(register.db, () => Promise.resolve(clock.now())),
      agreement: agreementPort(register.db),
      clock,
      log: silentLog,
      codePath: (await workflowBundle()).codePath,
      commandsAtOnce: 8,
      shutdownGraceMs: 500,
    });

  beforeAll(async () => {
    quietRuntime();
    server = await aDevServer();
    const connected = await connectTemporal(
      { address: server.address, namespace: NAMESPACE },
      { signal: new AbortController().signal, onAway: () => undefined },
    );
    if (!connected) throw new Error('not connected');
    temporal = connected;
    register = new KeptRegister(await open({ clock }));
    worker = await startOne();
  });
  afterAll(async () => {
    await worker.stop();
    await temporal.connection.close();
    await server.stop();
  });

  const until = async (holds: () => boolean | Promise<boolean>, what: string) => {
    for (let tries = 0; !(await holds()); tries += 1) {
      if (tries > 1200) throw new Error(`waited a minute for: ${what}`);
      await sleep(50);
    }
  };
  const cases = (count: number) => Array.from({ length: count }, () => aCaseId());
  const allDone = (caseIds: string[]) => () => caseIds.every((caseId) => register.plan.get(caseId)?.due.length === 0);
  const allEnded = (caseIds: string[]) => async () => {
    const open = new Set((await openCases(register.db.reader, { limit: 1000 })).map(({ caseId }) => caseId));
    return caseIds.every((caseId) => !open.has(caseId));
  };
  const closeAll = async (caseIds: string[]) => {
    await register.command(caseIds, () => ({ closed: true }));
    await until(allEnded(caseIds), 'all cases ended');
  };
  const threeActs = (caseId: string) => ({
    due: [
      due('recordDecision', `decide/${caseId}`),
      due('openNotice', `notice/${caseId}`),
      due('renderCertificate', `render/${caseId}`, 'document'),
    ],
  });

  test('sixty cases are conducted from the outbox to their end, each act done once', async () => {
    const caseIds = cases(60);
    const before = register.effects;

    await register.command(caseIds, threeActs);
    await until(allDone(caseIds), 'all acts');
    await closeAll(caseIds);

    expect(register.effects - before).toBe(180);
    expect(await outboxHealth(register.db)).toMatchObject({ unsent: 0 });
  });

  test('Temporal killed, its store deleted: rebuild, and every open case stands where it stood', async () => {
    const caseIds = cases(30);
    await register.command(caseIds, threeActs);
    await until(allDone(caseIds), 'all acts');
    await until(async () => (await outboxHealth(register.db)).unsent === 0, 'outbox empty');
    const effects = register.effects;
    const seqs = async () =>
      (await openCases(register.db.reader, { limit: 1000 })).map(({ caseId, eventSeq }) => [caseId, eventSeq]);
    const stood = await seqs();

    await server.kill();
    server.loseStore();
    await server.restart();
    await worker.stop(); // the supervisor starts a worker afresh whose workflows are gone
    worker = await startOne();
    register.reads.clear();
    expect(await rebuildNudges(register.db)).toBe(30);
    expect(await rebuildNudges(register.db)).toBe(0); // those wait already
    await until(() => caseIds.every((caseId) => register.reads.has(caseId)), 'all cases read again');

    expect(await seqs()).toEqual(stood);
    expect(register.effects).toBe(effects);
    await register.command(caseIds, (caseId) => ({ due: [due('closeNotice', `close/${caseId}`)] }));
    await until(allDone(caseIds), 'the next act of each');
    await closeAll(caseIds);
  }, 120_000);

  test('Temporal killed and started again on its file: the worker goes on by itself, and loses nothing', async () => {
    const caseIds = cases(20);
    await register.command(caseIds, threeActs);
    await until(allDone(caseIds), 'all acts');

    await server.kill();
    await register.command(caseIds, (caseId) => ({ due: [due('closeNotice', `close/${caseId}`)] })); // people go on working
    await server.restart();

    await until(allDone(caseIds), 'the next act of each');
    await closeAll(caseIds);
  }, 120_000);

  test('an act cut off by a shutdown is repeated by the next worker, once', async () => {
    const [caseId = ''] = cases(1);
    const before = register.effects;
    let reached = false;
    register.beforePerform = async (_input, { signal }) => {
      if (reached) return;
      reached = true;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut off'))));
    };
    await register.command([caseId], () => ({ due: [due('issueCertificate', `issue/${caseId}`)] }));
    await until(() => reached, 'the act begun');

    await worker.stop();
    worker = await startOne();
    await until(allDone([caseId]), 'the act repeated');

    expect(register.effects - before).toBe(1);
    await closeAll([caseId]);
  }, 120_000);

  test('a page goes on where the last attempt said it was', async () => {
    const operation = aCaseId('opn');
    const resumed: unknown[] = [];
    register.beforePerform = (_input, { heartbeat, resumeFrom }) => {
      resumed.push(resumeFrom ?? null);
      if (resumed.length > 1) return;
      heartbeat({ ordinal: 40 });
      throw new Error('killed');
    };

    await register.command([operation], () => ({
      workflowType: 'cohortOperation',
      due: [due('runPage', `page/${operation}/1`, 'page')],
      closed: true,
    }));
    await until(allEnded([operation]), 'the operation ended');
    register.beforePerform = () => undefined;

    expect(resumed).toEqual([null, { ordinal: 40 }]);
  }, 60_000);

  test('the agreement monitor finds a case without a workflow, has it taken up again, and says so', async () => {
    const caseIds = cases(3);
    await register.command(caseIds, threeActs);
    await until(allDone(caseIds), 'all acts');
    await until(async () => (await outboxHealth(register.db)).unsent === 0, 'outbox empty');
    const monitor = { client: temporal.client, port: agreementPort(register.db), clock, log: silentLog };
    await until(async () => {
      const { casesWithoutWorkflow, workflowsWithoutCase, openCases: open } = await checkAgreement(monitor);
      return casesWithoutWorkflow + workflowsWithoutCase === 0 && open === 3;
    }, 'agreement');

    const lost = caseIds[0] ?? '';
    await temporal.client.workflow.getHandle(`pathway/${lost}`).terminate();
    register.reads.delete(lost);
    await until(async () => (await checkAgreement(monitor)).casesWithoutWorkflow === 1, 'the loss noticed');

    expect(await lastAgreement(register.db.reader)).toMatchObject({ openCases: 3, casesWithoutWorkflow: 1 });
    await until(() => register.reads.has(lost), 'the case taken up again');
    await closeAll(caseIds);
  }, 60_000);

  test('the agreement monitor finds a workflow without a case', async () => {
    const monitor = { client: temporal.client, port: agreementPort(register.db), clock, log: silentLog };
    // what the tests before it left closing must have closed, or it would stay half closed without a worker
    await until(async () => (await checkAgreement(monitor)).workflowsWithoutCase === 0, 'all workflows at rest');
    await worker.stop();
    const stray = `pathway/${aCaseId()}`;
    await temporal.client.workflow.start('studentPathway', {
      workflowId: stray,
      taskQueue: taskQueues.pathways,
      args: [{}],
    });

    await until(async () => (await checkAgreement(monitor)).workflowsWithoutCase === 1, 'the stray noticed');
    worker = await startOne();

    await temporal.client.workflow.result(stray); // a worker has read, and it has ended
  }, 60_000);

  test('nothing of a person is in any history', async () => {
    const texts: string[] = [];
    for await (const { workflowId, runId } of temporal.client.workflow.list()) {
      const history = await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
      texts.push(...[...strings(history)].map((text) => `${workflowId}: ${text}`));
    }

    expect(texts.length).toBeGreaterThan(100);
    const plain = /^[\x20-\x7e\s]*$/;
    expect(texts.filter((text) => !plain.test(text) || /\d{17}[\dXx]/.test(text))).toEqual([]);
  });
});

/** Every text of a history, payloads decoded. */
function* strings(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('utf8');
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* strings(part);
}
