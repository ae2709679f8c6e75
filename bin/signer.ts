import { join, resolve } from 'node:path';
import { startSigner } from '../signer/start.ts';

/** The signing process: DATA_DIR, SIGNER_SOCKET, and optionally SIGNER_PASSPHRASE_FILE and SIGNER_LEDGER on a disk of their own. */
async function main(): Promise<void> {
  const env = process.env;
  const dataDir = resolve(env.DATA_DIR ?? 'data');
  process.umask(0o077);
  const signer = await startSigner({
    dataDir,
    socketPath: env.SIGNER_SOCKET ?? join(dataDir, 'run', 'signer.sock'),
    ...(env.SIGNER_PASSPHRASE_FILE ? { passphraseFile: env.SIGNER_PASSPHRASE_FILE } : {}),
    ...(env.SIGNER_LEDGER ? { ledgerFile: env.SIGNER_LEDGER } : {}),
    onFatal: (error) => fail(error),
    onAlarm: (code, id) => process.stderr.write(`signer: 警报 alarm ${code} ${id}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), 2000).unref();
      signer.stop().then(() => process.exit(0), fail);
    });
  }
  process.stdout.write('{"ready":true}\n');
}

function fail(error: unknown): void {
  process.stderr.write(`signer: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
