import { Problem } from '../../../schemas/problem.ts';
import { taskQueues } from '../../../workflows/messages.ts';
import { aCaseId, due } from './stage.ts';
import type { Stage } from './stage.ts';

const DAY = 24 * 3_600_000;

/** A life of a case worth keeping as a history; answers its workflow id. What is listed in temporal.md §6. */
export type Scenario = (stage: Stage) => Promise<string>;

export const scenarios: Record<string, Scenario> = {
  'ends-at-first-read': async (stage) => {
    const caseId = aCaseId();
    stage.register.open(caseId, { closed: true });
    return toItsEnd(stage, caseId);
  },

  'unknown-case': (stage) => toItsEnd(stage, aCaseId()),

  'forged-start': async ({ env }) => {
    const workflowId = `pathway/${aCaseId()}`;
    await env.client.workflow.execute('studentPathway', {
      workflowId,
      taskQueue: taskQueues.pathways,
      args: [{ caseId: 7 }],
    });
    return workflowId;
  },

  'every-profile': async (stage) => {
    const caseId = aCaseId();
    const profiles = [
      due('recordDecision', 'decide/1', 'quick'),
      due('renderCertificate', 'render/1', 'document'),
      due('remindOverdue', 'remind/1', 'outside'),
      due('runPage', 'page/1', 'page'),
    ];
    stage.register.open(caseId, { due: profiles, closed: true });
    return toItsEnd(stage, caseId);
  },

  'every-kind': async (stage) => {
    const caseId = aCaseId();
    const kinds = [
      ...([
        'recordDecision',
        'openNotice',
        'closeNotice',
        'allocateCertificate',
        'signCertificate',
        'issueCertificate',
      ] as const),
      ...(['renderCertificate', 'remindOverdue', 'recordLapse'] as const),
    ];
    stage.register.open(caseId, { due: kinds.map((kind) => due(kind, `${kind}/1`)), closed: true });
    return toItsEnd(stage, caseId);
  },

  'trouble-then-done': async (stage) => {
    const { register, nudge, env } = stage;
    const caseId = aCaseId();
    let broken = true;
    register.beforePerform = ({ opKey }) => {
      if (broken && opKey === 'decide/1') throw new Problem('invariant_broken');
    };
    register.open(caseId, { due: [due('recordDecision', 'decide/1'), due('openNotice', 'notice/1')] });
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).doneAt.has('notice/1'));
    broken = false;
    await env.sleep('20 minutes');
    await register.when(() => register.get(caseId).doneAt.has('decide/1'));
    register.beforePerform = () => undefined;
    return closedToItsEnd(stage, caseId);
  },

  'action-retried': async (stage) => {
    const { register } = stage;
    const caseId = aCaseId();
    let left = 3;
    register.beforePerform = () => {
      left -= 1;
      if (left > 0) throw new Problem('busy');
    };
    register.open(caseId, { due: [due('signCertificate', 'sign/1', 'document')], closed: true });
    const workflowId = await toItsEnd(stage, caseId);
    register.beforePerform = () => undefined;
    return workflowId;
  },

  'covered-nudges': async (stage) => {
    const { register, nudge } = stage;
    const caseId = aCaseId();
    register.open(caseId, { seq: 5 });
    await nudge(caseId, 5);
    await register.when(() => register.get(caseId).reads === 1);
    for (let seq = 1; seq <= 5; seq += 1) await nudge(caseId, seq);
    return closedToItsEnd(stage, caseId);
  },

  'nudge-in-mid-work': async (stage) => {
    const { register, nudge } = stage;
    const caseId = aCaseId();
    let told = false;
    register.open(caseId, { due: [due('openNotice', 'notice/1')] });
    register.beforePerform = async () => {
      if (told) return;
      told = true;
      await nudge(
        caseId,
        register.change(caseId, (it) => void it.due.push(due('closeNotice', 'close/1'))),
      );
    };
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).doneAt.has('close/1'));
    register.beforePerform = () => undefined;
    return closedToItsEnd(stage, caseId);
  },

  'alarm-rings': async (stage) => {
    const { register, nudge, env } = stage;
    const caseId = aCaseId();
    const at = (await env.currentTimeMs()) + 45 * DAY;
    register.open(caseId, { later: [{ at, action: due('closeNotice', 'close/1') }] });
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);
    await env.sleep('46 days');
    await register.when(() => register.get(caseId).doneAt.size === 1);
    return closedToItsEnd(stage, caseId);
  },

  'alarm-moved': async (stage) => {
    const { register, nudge, env } = stage;
    const caseId = aCaseId();
    const now = await env.currentTimeMs();
    const action = due('closeNotice', 'close/1');
    register.open(caseId, { later: [{ at: now + 20 * DAY, action }] });
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);
    await nudge(
      caseId,
      register.change(caseId, (it) => void (it.later = [{ at: now + 2 * DAY, action }])),
    );
    await register.when(() => register.get(caseId).reads === 2);
    await env.sleep('3 days');
    await register.when(() => register.get(caseId).doneAt.size === 1);
    return closedToItsEnd(stage, caseId);
  },

  'term-change': async (stage) => {
    const { register, nudge, handle } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);
    const { runId } = await handle(caseId).describe();
    await nudge(
      caseId,
      register.change(caseId, (it) => void (it.term = 'term-2')),
    );
    await register.when(() => register.get(caseId).reads >= 3);
    await closedToItsEnd(stage, caseId);
    return `pathway/${caseId}#${runId}`; // the run that went on in a new one
  },

  'long-run': async (stage) => {
    const { register, nudge, handle } = stage;
    const caseId = aCaseId();
    const many = Array.from({ length: 90 }, (_, n) => due('remindOverdue', `remind/${n}`));
    register.open(caseId, { due: many });
    let runId = '';
    register.beforePerform = async ({ opKey }) => {
      if (opKey === 'remind/0') runId = (await handle(caseId).describe()).runId;
    };
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).doneAt.size === 90);
    register.beforePerform = () => undefined;
    await closedToItsEnd(stage, caseId);
    return `pathway/${caseId}#${runId}`;
  },

  cancelled: async ({ register, nudge, handle, ended }) => {
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await register.when(() => register.get(caseId).reads === 1);
    await handle(caseId).cancel();
    await ended(caseId).catch(() => undefined);
    return `pathway/${caseId}`;
  },

  'shutdown-in-mid-action': async (stage) => {
    const { register, nudge, restartWorkers } = stage;
    const caseId = aCaseId();
    let begun = false;
    register.open(caseId, { due: [due('issueCertificate', 'issue/1')] });
    register.beforePerform = async (_input, { signal }) => {
      if (begun) return;
      begun = true;
      register.change(caseId, () => undefined);
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut off'))));
    };
    await nudge(caseId, 1);
    await register.when(() => begun);
    await restartWorkers();
    await stage.env.sleep('1 minute');
    await register.when(() => register.get(caseId).doneAt.size === 1);
    register.beforePerform = () => undefined;
    return closedToItsEnd(stage, caseId);
  },

  'cohort-operation': async ({ register, nudge, ended }) => {
    const operation = aCaseId('opn');
    const pages = [1, 201, 401].map((first) => due('runPage', `page/${operation}/${first}`, 'page'));
    register.open(operation, { due: [...pages, due('writeReport', `report/${operation}`, 'document')], closed: true });
    await nudge(operation, 1, 'cohortOperation');
    await ended(operation, 'cohortOperation');
    return `cohort/${operation}`;
  },
};

async function toItsEnd({ nudge, ended }: Stage, caseId: string): Promise<string> {
  await nudge(caseId, 1);
  await ended(caseId);
  return `pathway/${caseId}`;
}

async function closedToItsEnd(stage: Stage, caseId: string): Promise<string> {
  const { register, nudge, ended } = stage;
  await nudge(
    caseId,
    register.change(caseId, (it) => void (it.closed = true)),
  );
  await ended(caseId);
  return `pathway/${caseId}`;
}
