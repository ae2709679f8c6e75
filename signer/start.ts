import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { Server } from 'node:net';
import { dirname, join } from 'node:path';
import { privateFolder } from './files.ts';
import { hasKeys, openKeys } from './keys.ts';
import { openLedger } from './ledger.ts';
import { createSignerServer } from './server.ts';

export interface SignerOptions {
  dataDir: string;
  socketPath: string;
  passphraseFile?: string;
  ledgerFile?: string;
  onFatal: (error: unknown) => void;
  onAlarm: (code: string, certificateId: string) => void;
}

export interface RunningSigner {
  stop(): Promise<void>;
}

/** Unix socket paths end at 107 bytes on Linux, 103 on macOS. */
const LONGEST_SOCKET_PATH = 103;

export async function startSigner(options: SignerOptions): Promise<RunningSigner> {
  const { dataDir, socketPath, onFatal, onAlarm } = options;
  const folder = join(dataDir, 'keys', 'signer');
  const ledgerFile = options.ledgerFile ?? join(dataDir, 'signer', 'ledger.db');
  if (Buffer.byteLength(socketPath) > LONGEST_SOCKET_PATH)
    throw new Error(`SIGNER_SOCKET is longer than ${LONGEST_SOCKET_PATH} bytes: ${socketPath}`);

  privateFolder(folder);
  if (hasKeys(folder) && !existsSync(ledgerFile)) {
    throw new Error(
      `${ledgerFile}: 台账丢失而密钥尚在，请从台账备份恢复。The ledger is gone but the key is here: restore the ledger.`,
    );
  }
  privateFolder(dirname(ledgerFile));
  // the lock on the ledger comes first: of two signers the second ends here, before it touches the socket
  const ledger = await openLedger(ledgerFile);
  chmodSync(ledgerFile, 0o600);
  const now = (): Date => new Date();
  const { entries } = await ledger.summary();
  const passphraseFile = options.passphraseFile ?? join(folder, 'passphrase');
  const keys = openKeys({ folder, passphraseFile, now, mayCreate: entries === 0 });

  await clearSocket(socketPath);
  const server = createSignerServer({ ledger, keys, now, onFatal, onAlarm, sharedUser: ownedByMe(dataDir) });
  await listen(server, socketPath);
  return {
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
      await ledger.close();
    },
  };
}

const ownedByMe = (path: string): boolean => statSync(path).uid === process.getuid?.();

/** A socket file outlives a killed signer; one that answers does not get removed. */
async function clearSocket(path: string): Promise<void> {
  privateFolder(dirname(path));
  if (!existsSync(path)) return;
  const answers = await new Promise<boolean>((resolve) => {
    const probe = createConnection(path, () => resolve(true));
    probe.on('error', () => resolve(false));
    probe.on('connect', () => probe.destroy());
  });
  if (answers) throw new Error(`${path}: 另一个签名程序正在运行。Another signer is running on this socket.`);
  rmSync(path, { force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve();
    });
  });
}
