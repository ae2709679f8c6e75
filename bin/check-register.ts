import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from '../register/check/run-checks.ts';
import type { CheckResult } from '../register/check/run-checks.ts';
import { dataDirOf, openRegister } from './compose.ts';
import { filesBelow } from './lib/find-in-files.ts';
import { signerRecord } from './lib/signer-record.ts';

/** Reads the register, the signer's ledger and the data folder, and says of each invariant whether it holds. Exit code 1 on a breach. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const dataDir = dataDirOf(process.env);
  const { register, close } = await openRegister(process.env, 'check-register');
  try {
    const { db, signer, systemClock } = register;
    const places = {
      keysFolder: join(dataDir, 'keys', 'signer'),
      ledgerFile: process.env.SIGNER_LEDGER ?? join(dataDir, 'signer', 'ledger.db'),
    };
    const record = await signerRecord(signer, places);
    const results = await runChecks(db, { signer: record, findInFiles: filesBelow(dataDir), now: systemClock.now() });
    print(results, values.json);
    if (results.some(({ breaches }) => breaches > 0)) process.exitCode = 1;
  } finally {
    await close();
  }
}

function print(results: readonly CheckResult[], asJson: boolean): void {
  const breaches = results.reduce((sum, result) => sum + result.breaches, 0);
  if (asJson) {
    const lines = results.map(({ check, checked, breaches: count, first }) => ({
      id: check.id,
      checked,
      breaches: count,
      first,
    }));
    process.stdout.write(`${JSON.stringify({ breaches, checks: lines })}\n`);
    return;
  }
  for (const { check, checked, breaches: count, first } of results) {
    process.stdout.write(
      `${count === 0 ? '✓' : '✗'} ${check.id.padEnd(4)} ${String(checked).padStart(8)}  ${check.title['zh-CN']} · ${check.title.en}\n`,
    );
    if (first) process.stdout.write(`       ${count} ×  ${first.row}: ${first.what}\n`);
  }
  process.stdout.write(breaches === 0 ? '登记无违反 · the register holds\n' : `${breaches} 处违反 · breaches\n`);
}

await main();
