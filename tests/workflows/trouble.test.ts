import { afterEach, expect, test } from 'vitest';
import { Problem } from '../../schemas/problem.ts';
import { onEachStage } from './support/on-each-stage.ts';
import { aCaseId, due } from './support/stage.ts';

const MINUTE = 60_000;
const secret = '王小明 110101200001011234';

onEachStage((stage) => {
  afterEach(() => {
    stage.register.beforePerform = () => undefined;
    stage.register.troubles.length = 0;
  });

  const failureTexts = async (caseId: string) =>
    JSON.stringify(
      (await stage.handle(caseId).fetchHistory()).events?.flatMap(
        (event) => event.activityTaskFailedEventAttributes ?? [],
      ),
    );

  test('what needs a person is set aside, the rest is done, and it is tried again a quarter of an hour later', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    let broken = true;
    register.beforePerform = ({ opKey }) => {
      if (broken && opKey === 'decide/1') throw new Problem('invariant_broken');
    };
    register.open(caseId, { due: [due('recordDecision', 'decide/1'), due('openNotice', 'notice/1')] });

    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).doneAt.has('notice/1'));
    expect(register.troubles).toEqual([
      {
        workflowType: 'studentPathway',
        caseId,
        kind: 'recordDecision',
        opKey: 'decide/1',
        code: 'invariant_broken',
        attempt: 1,
      },
    ]);
    const failedAt = await env.currentTimeMs();
    broken = false;
    await env.sleep('20 minutes');
    await register.when(() => register.get(caseId).doneAt.has('decide/1'));

    expect(register.get(caseId).doneAt.get('decide/1')).toBeGreaterThanOrEqual(failedAt + 14 * MINUTE);
    expect(register.cleared).toContain('decide/1');
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });

  test('what passes by waiting is tried until it passes, and noted from the sixth attempt', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    let attempts = 0;
    register.beforePerform = ({ kind }) => {
      attempts += 1;
      if (attempts <= 7) throw kind === 'signCertificate' ? new Problem('busy') : new Error('never');
    };
    register.open(caseId, { due: [due('signCertificate', 'sign/1', 'document')], closed: true });

    await nudge(caseId, 1);
    await ended(caseId);

    expect(register.troubles.map(({ code, attempt }) => [code, attempt])).toEqual([
      ['busy', 6],
      ['busy', 7],
    ]);
    expect(register.get(caseId).doneAt.size).toBe(1);
  });

  test('an action that fails for hours does not hold up the rest of its case', async () => {
    const { register, nudge, ended, env } = stage;
    const caseId = aCaseId();
    let broken = true;
    register.beforePerform = ({ opKey }) => {
      if (broken && opKey === 'render/1') throw new Error(`cannot write the certificate of ${secret}`);
    };
    register.open(caseId, { due: [due('renderCertificate', 'render/1', 'document'), due('openNotice', 'notice/1')] });

    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);
    await env.sleep('40 minutes');
    await register.when(() => register.get(caseId).doneAt.has('notice/1'));
    broken = false;
    await env.sleep('1 hour');
    await register.when(() => register.get(caseId).doneAt.has('render/1'));
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect(await failureTexts(caseId)).not.toMatch(/王小明|110101200001011234|certificate of/);
    expect(JSON.stringify(register.troubles)).not.toContain('王小明');
  });

  test('a register that cannot be read is asked until it can', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId, { closed: true });
    let reads = 0;
    register.afterRead = (id) => {
      reads += id === caseId ? 1 : 0;
      if (id === caseId && reads < 9) throw reads % 2 === 0 ? new Problem('invariant_broken') : new Error(secret);
    };

    await nudge(caseId, 1);
    await ended(caseId);
    register.afterRead = () => undefined;

    expect(reads).toBe(9);
    expect(register.troubles.map(({ kind, code }) => `${kind} ${code}`)).toContain('loadCase invariant_broken');
  });

  test('a case that moved while a decision was worked out is worked out again at once', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    let tries = 0;
    register.beforePerform = () => {
      tries += 1;
      if (tries === 1) throw new Problem('stale');
    };
    register.open(caseId, { due: [due('recordDecision', 'decide/1')], closed: true });

    await nudge(caseId, 1);
    await ended(caseId);

    expect(tries).toBe(2);
    expect(register.troubles).toEqual([]);
  });

  test('a run that is cancelled ends, and the next nudge takes the case up again', async () => {
    const { register, nudge, ended, handle } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);

    await handle(caseId).cancel();
    await expect(ended(caseId)).rejects.toThrow();
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });
});
