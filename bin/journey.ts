import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoFiles } from '../demo/college/files.ts';
import { DEFAULT_SIZE } from '../demo/college/students.ts';
import { disagreements } from './journey/agree.ts';
import { acknowledgedScoresLost, doubledNumbers } from './journey/after-kills.ts';
import { countAll, countConducted } from './journey/counts.ts';
import { checkRegister } from './journey/check.ts';
import type { RuleChange } from './journey/rule-change.ts';
import { startKiller } from './journey/kills.ts';
import type { Killer } from './journey/kills.ts';
import { loseTemporal } from './journey/rebuild.ts';
import { readStandings } from './journey/roll.ts';
import { enrol, liveTerm } from './journey/steps.ts';
import { openWorld } from './journey/world.ts';
import type { World } from './journey/world.ts';
import { projectRoot } from './lib/host.mjs';
import { startSystem } from './lib/system.ts';
import type { System } from './lib/system.ts';

/**
 * A cohort from enrolment to both certificates, with the real Temporal server and through the API alone:
 * `npm run journey -- [--short] [--json] [--kills N --seed S] [--keep]`. Ends with 1 on any breach.
 */
interface Options {
  short: boolean;
  json: boolean;
  kills: number;
  seed: string;
  keep: boolean;
}

const SHORT_SIZE = { ...DEFAULT_SIZE, students: 20, classes: 1 };
const TERMS = [3, 4, 5, 6];
const PATIENCE_MS = 180_000;

async function main(): Promise<void> {
  const options = readOptions();
  const root = mkdtempSync(join(tmpdir(), 'dualcert-journey-'));
  const dataDir = join(root, 'data');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const quietly = options.json ? () => {} : say;
  let system: System | undefined;
  try {
    const folder = workbooks(options, root);
    system = await startSystem({
      dataDir,
      port: 0,
      seed: true,
      env: { DEMO_STUDENTS: 'off', LOG_LEVEL: 'warn' },
      say: (_zh, en) => quietly(`  ${en}`),
    });
    const breaches = await travel(system, { options, dataDir, folder, say, quietly });
    for (const breach of breaches) say(`BREACH ${breach}`);
    process.exitCode = breaches.length > 0 ? 1 : 0;
  } finally {
    await system?.stop();
    if (options.keep) say(`kept: ${root}`);
    else rmSync(root, { recursive: true, force: true });
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      kills: { type: 'string', default: '0' },
      seed: { type: 'string' },
    },
  });
  const { short, json, keep } = values;
  return { short, json, keep, kills: Number(values.kills), seed: values.seed ?? String(Date.now() % 1_000_000) };
}

/** The committed workbooks, or those of a smaller college made by the same script. */
function workbooks({ short }: Options, root: string): string {
  if (!short) return join(projectRoot, 'demo', 'workbooks');
  const folder = join(root, 'workbooks');
  mkdirSync(folder);
  for (const { name, bytes } of demoFiles(SHORT_SIZE)) writeFileSync(join(folder, name), bytes);
  return folder;
}

interface Journey {
  options: Options;
  dataDir: string;
  folder: string;
  say(line: string): void;
  quietly(line: string): void;
}

async function travel(system: System, journey: Journey): Promise<string[]> {
  const { options, dataDir, folder, quietly } = journey;
  const world = await openWorld(system, { dataDir, folder, patienceMs: PATIENCE_MS });
  const began = performance.now();
  let killer: Killer | undefined;
  const changes: RuleChange[] = [];
  try {
    if (options.kills > 0) {
      quietly(`${options.kills} kills, seed ${options.seed}`);
      killer = startKiller(system, { count: options.kills, seed: options.seed });
    }
    killer?.allow(1 / (TERMS.length + 1));
    await enrol(world, quietly);
    for (const [index, number] of TERMS.entries()) {
      killer?.allow((index + 2) / (TERMS.length + 1));
      const change = await liveTerm(world, number, quietly);
      if (change) changes.push(change);
    }
    const killed = killer ? await endKills(world, killer, options) : [];
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const breaches = changes.flatMap((change) => change.breaches);
    return [...killed, ...breaches, ...(await conclude(world, journey, { seconds, changes }))];
  } finally {
    await killer?.stop();
    await world.close();
  }
}

/** All kills must have happened during the journey; then everything gets up again and comes to rest. */
async function endKills(world: World, killer: Killer, { kills }: Options): Promise<string[]> {
  await killer.stop();
  await world.system.settled(PATIENCE_MS);
  await world.rest();
  const count = Object.values(killer.fallen).reduce((sum, one) => sum + one, 0);
  return count === kills ? [] : [`kills: ${count} of ${kills} happened before the journey was over`];
}

interface Outcome {
  seconds: number;
  changes: readonly RuleChange[];
}

async function conclude(
  world: World,
  { options, folder, say, quietly }: Journey,
  { seconds, changes }: Outcome,
): Promise<string[]> {
  const { system, register, people, rest } = world;
  const readAll = () => readStandings(people.registrar, world.roll);
  const standings = await readAll();
  const differing = disagreements(folder, standings);
  const counts = await countAll(register, standings);
  const place = { address: system.temporalAddress, namespace: system.env.TEMPORAL_NAMESPACE ?? '' };
  const { activities, reads, wakeUps } = await countConducted(place);
  const checked = await checkRegister(system);
  const rebuilt = await loseTemporal({ system, register, readAll, rest });
  quietly(`rebuilt: ${rebuilt.openCases} open cases stand where they stood, ${rebuilt.seconds.toFixed(0)} s`);
  const lost = await acknowledgedScoresLost(world);
  const doubled = await doubledNumbers(register);
  const report = {
    ...counts,
    disagreements: differing.length,
    activities,
    activitiesPerStudent: Math.round((activities / Math.max(1, counts.students)) * 10) / 10,
    readsPerWakeUp: Math.round((reads / Math.max(1, wakeUps)) * 100) / 100,
    openCasesRebuilt: rebuilt.openCases,
    acknowledgedScores: lost.acknowledged,
    ...(options.kills > 0 ? { kills: options.kills, seed: options.seed } : {}),
    changedByRules: changes.reduce((sum, { changed }) => sum + changed, 0),
    seconds,
  };
  say(options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  return [...differing, ...checked, ...rebuilt.breaches, ...lost.breaches, ...doubled];
}

await main();
