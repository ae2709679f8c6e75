import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { openRegister } from '../../bin/compose.ts';
import { countConducted } from '../../bin/journey/counts.ts';
import { untilQuiet } from '../../bin/journey/quiet.ts';
import type { System } from '../../bin/lib/system.ts';
import { installRuntime } from '../../bin/worker-process.ts';
import { bundleWorkflows } from '../../bin/workflow-bundle.ts';
import { stepsAs } from '../../demo/seed/step.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import type { Register } from '../../register/register.ts';
import type { Figure } from '../figure.ts';
import { figure, secondsSince } from '../figure.ts';
import { cpuOf } from './cpu.ts';

const ROUNDS = 2;
const QUEUE = 'bench-empty';

interface Place {
  address: string;
  namespace: string;
}

interface Rate {
  activities: number;
  seconds: number;
}

interface Driven extends Rate {
  /** Milliseconds of the worker and of the Temporal server. */
  workerCpu: number;
  temporalCpu: number;
}

/** Pathways driven by the product's own worker, and cases of the same shape that do nothing, turn about on one server. */
export async function benchActivities(system: System): Promise<Figure[]> {
  installRuntime(pino({ level: 'silent' }));
  const place = { address: system.temporalAddress, namespace: system.env.TEMPORAL_NAMESPACE ?? '' };
  const { register, close } = await openRegister({ ...process.env, ...system.env }, 'bench');
  try {
    const college = await register.db.reader('colleges').first('id');
    const collegeId: string = college.id;
    await untilQuiet({ register, collegeId, patienceMs: 120_000 });
    const driven: Driven[] = [];
    const empty: Rate[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const rate = await drivePathways(system, { register, collegeId, place, round });
      driven.push(rate);
      await system.stopChild('worker');
      empty.push(await driveNothing(place, { round, activities: rate.activities, cases: await countCases(register) }));
      await system.startChild('worker');
    }
    const own = perSecond(driven);
    const bare = perSecond(empty);
    const against = `${Math.round(bare)}/s of an empty activity on the same server, same number a case`;
    return [
      figure({ name: 'activities_driving_pathways', value: own, unit: '1/s', against }),
      ...cpuFigures(driven),
      figure({ name: 'activities_to_empty', value: own / bare, unit: 'ratio', atLeast: 0.7, against }),
    ];
  } finally {
    await close();
  }
}

function cpuFigures(driven: readonly Driven[]): Figure[] {
  const each = (part: 'workerCpu' | 'temporalCpu') =>
    driven.reduce((sum, one) => sum + one[part], 0) / driven.reduce((sum, { activities }) => sum + activities, 0);
  const against = 'processor time while driving pathways';
  return [
    figure({ name: 'activity_cpu_worker', value: each('workerCpu'), unit: 'ms', against }),
    figure({ name: 'activity_cpu_temporal', value: each('temporalCpu'), unit: 'ms', against }),
  ];
}

const perSecond = (rates: readonly Rate[]): number =>
  rates.reduce((sum, { activities }) => sum + activities, 0) / rates.reduce((sum, { seconds }) => sum + seconds, 0);

async function countCases(register: Register): Promise<number> {
  const row = await register.db.reader('case_watch').whereNull('ended_at').count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

interface Drive {
  register: Register;
  collegeId: string;
  place: Place;
  round: number;
}

/** Every pathway is put before its conclusion while no worker runs; then the worker works it all off. */
async function drivePathways(system: System, { register, collegeId, place, round }: Drive): Promise<Driven> {
  await system.stopChild('worker');
  const { activities: before } = await countConducted(place);
  const step = stepsAs('bench', collegeId, 'registrar');
  const ids: string[] = await register.db.reader('pathways').pluck('id');
  for (const pathwayId of ids)
    await auditPathway(register, { ...step(`audit/${round}/${pathwayId}`), input: { pathwayId } });
  await system.startChild('worker');
  const [worker, temporal] = [cpuOf(system, 'worker'), cpuOf(system, 'temporal')];
  const began = performance.now();
  await untilQuiet({ register, collegeId, patienceMs: 300_000 });
  const used = { seconds: secondsSince(began), workerCpu: worker(), temporalCpu: temporal() };
  await pause(500);
  return { activities: (await countConducted(place)).activities - before, ...used };
}

interface Nothing {
  round: number;
  activities: number;
  cases: number;
}

/** As many cases, with as many activities in all, which do nothing. */
async function driveNothing({ address, namespace }: Place, { round, activities, cases }: Nothing): Promise<Rate> {
  const connection = await NativeConnection.connect({ address });
  const asking = await Connection.connect({ address });
  const client = new TemporalClient({ connection: asking, namespace });
  const each = Math.max(1, Math.round(activities / cases));
  const path = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './empty-case.ts' : './empty-case.js', import.meta.url),
  );
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE,
    workflowBundle: { code: await bundleWorkflows(path) },
    activities: { nothing: () => Promise.resolve(null) },
    maxCachedWorkflows: 1000,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentWorkflowTaskPolls: 5,
    maxConcurrentActivityTaskExecutions: 8,
  });
  const waiting: Promise<unknown>[] = [];
  for (let index = 0; index < cases; index += 1) {
    const workflowId = `empty/${round}/${index}`;
    const handle = await client.workflow.start('emptyCase', { taskQueue: QUEUE, workflowId, args: [each] });
    waiting.push(handle.result());
  }
  const began = performance.now();
  const seconds = await worker.runUntil(async () => {
    await Promise.all(waiting);
    return secondsSince(began);
  });
  await asking.close();
  await connection.close();
  return { activities: each * cases, seconds };
}
