import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { NativeConnectionOptions } from '@temporalio/worker';

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const RETENTION_DAYS = 30;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

export interface TemporalPlace {
  address: string;
  namespace: string;
}

export function temporalPlace(env: NodeJS.ProcessEnv): TemporalPlace {
  return { address: env.TEMPORAL_ADDRESS || '127.0.0.1:7233', namespace: env.TEMPORAL_NAMESPACE || 'dualcert' };
}

export interface Temporal {
  connection: NativeConnection;
  client: Client;
  namespace: string;
}

/** Connects, waiting as long as the server is away, and makes sure that the namespace is there. Undefined if stopped meanwhile. */
export async function connectTemporal(
  { address, namespace }: TemporalPlace,
  { signal, onAway }: { signal: AbortSignal; onAway: (code: string) => void },
): Promise<Temporal | undefined> {
  for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    let connection: NativeConnection | undefined;
    try {
      connection = await NativeConnection.connect({ address, ...tlsFrom(process.env) });
      await ensureNamespace(connection, namespace);
      return { connection, namespace, client: new Client({ connection, namespace }) };
    } catch (err) {
      await connection?.close();
      onAway(isGrpcServiceError(err) ? `grpc_${err.code}` : err instanceof Error ? err.name : 'unknown');
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

/** A server that was only named to us has no namespace of ours yet. */
async function ensureNamespace({ workflowService }: NativeConnection, namespace: string): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (err) {
    if (!isGrpcServiceError(err) || err.code !== NOT_FOUND) throw err;
    const workflowExecutionRetentionPeriod = { seconds: RETENTION_DAYS * 86_400 } as never; // a protobuf Duration; its Long type is not exported
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod }).catch(unlessItIsThere);
    await workflowService.describeNamespace({ namespace });
  }
}

function unlessItIsThere(err: unknown): void {
  if (!isGrpcServiceError(err) || err.code !== ALREADY_EXISTS) throw err;
}

/** Mutual TLS for a cluster: paths of PEM files. */
function tlsFrom(env: NodeJS.ProcessEnv): Pick<NativeConnectionOptions, 'tls'> {
  const { TEMPORAL_TLS_CA: ca, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = env;
  if (!ca && !crt) return {};
  return {
    tls: {
      ...(ca && { serverRootCACertificate: readFileSync(ca) }),
      ...(crt && key && { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
    },
  };
}
