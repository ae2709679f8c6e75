import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Client } from '../../bin/journey/client.ts';
import { signInAll } from '../../bin/journey/people.ts';
import { readRoll } from '../../bin/journey/roll.ts';
import type { System } from '../../bin/lib/system.ts';
import { REGISTER_FILE } from '../../db/open.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import type { Figure } from '../figure.ts';
import { figure, secondsSince } from '../figure.ts';
import { cpuOf } from './cpu.ts';

const ROUNDS = 3;
const PER_ROUND = 400;
const AT_ONCE = 16;

/** Commands as people send them, and bare transactions on the same file, turn about in the same run. */
export async function benchCommands(system: System, dataDir: string): Promise<Figure[]> {
  await system.stopChild('worker'); // nobody else writes
  const { registrar } = await signInAll(dataDir, { url: system.url, patienceMs: 10_000 });
  const pathways = [...(await readRoll(registrar)).values()].map(({ pathways: { diploma } }) => diploma);
  const knex = connectSqlite(join(dataDir, REGISTER_FILE), 'write');
  try {
    await makeTables(knex);
    let [commands, bare] = [0, 0];
    await sendCommands(registrar, pathways, 50);
    const cpu = cpuOf(system, 'api'); // idle while the bare ones run
    for (let round = 0; round < ROUNDS; round += 1) {
      commands += await sendCommands(registrar, pathways, PER_ROUND);
      bare += await bareTransactions(knex, PER_ROUND);
    }
    const perSecond = (ROUNDS * PER_ROUND) / commands;
    const barePerSecond = (ROUNDS * PER_ROUND) / bare;
    const against = `${Math.round(barePerSecond)}/s bare Knex transactions of four inserts on the same file`;
    return [
      figure({ name: 'commands_through_http', value: perSecond, unit: '1/s', against }),
      figure({
        name: 'command_cpu',
        value: cpu() / (ROUNDS * PER_ROUND),
        unit: 'ms',
        against: 'processor time of the API',
      }),
      figure({ name: 'commands_to_bare', value: perSecond / barePerSecond, unit: 'ratio', atLeast: 0.5, against }),
    ];
  } finally {
    await knex.destroy();
    await system.startChild('worker');
  }
}

async function sendCommands(client: Client, pathways: readonly string[], count: number): Promise<number> {
  const began = performance.now();
  await inLanes(count, async (index) => {
    await client.post(`/v1/pathways/${pathways[index % pathways.length]}/audit`);
  });
  return secondsSince(began);
}

const TABLES = ['bench_a', 'bench_b', 'bench_c', 'bench_d'];

async function makeTables(knex: Knex): Promise<void> {
  for (const table of TABLES)
    await knex.raw(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL) STRICT`);
}

async function bareTransactions(knex: Knex, count: number): Promise<number> {
  const body = JSON.stringify({ filler: 'x'.repeat(200) });
  const began = performance.now();
  await inLanes(count, async () => {
    await knex.transaction(async (tx) => {
      for (const table of TABLES) await tx(table).insert({ at: new Date().toISOString(), body });
    });
  });
  return secondsSince(began);
}

async function inLanes(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
