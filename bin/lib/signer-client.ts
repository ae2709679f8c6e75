import { createHash } from 'node:crypto';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { canonicalPayload } from '../../documents/payload/certificate.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Signer, SignerAnswer, SignerRequest } from '../../schemas/signer.ts';

interface Pending {
  resolve: (result: unknown) => void;
  reject: (problem: Problem) => void;
}

type WithoutId<R> = R extends unknown ? Omit<R, 'id'> : never;
type Ask = (request: WithoutId<SignerRequest>) => Promise<unknown>;

export interface SignerClient extends Signer {
  close(): void;
}

/** The register's way to the signer. Every call may be repeated: the ledger gives the same signature again. */
export function connectSigner(socketPath: string, { timeoutMs = 10_000 }: { timeoutMs?: number } = {}): SignerClient {
  const line = new Line(socketPath, timeoutMs);
  const ask: Ask = (request) => line.ask(request);
  return {
    sign: async (payload) => {
      const payloadHash = `sha256:${createHash('sha256').update(canonicalPayload(payload)).digest('hex')}`;
      return answered(ask({ op: 'sign', payload, payloadHash }));
    },
    publicKeys: () => answered(ask({ op: 'publicKeys' })),
    health: () => answered(ask({ op: 'health' })),
    ledger: () => answered(ask({ op: 'ledgerSummary' })),
    ledgerEntries: (after) => answered(ask({ op: 'ledgerEntries', after })),
    close: () => line.close(),
  };
}

// the other end is our own process on a socket only its owner can open; its answers follow schemas/signer.ts
const answered = <T>(answer: Promise<unknown>): Promise<T> => answer as Promise<T>;

/** One connection, made when first needed and again after the signer was restarted. */
class Line {
  readonly #path: string;
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, Pending>();
  #socket: Socket | null = null;
  #rest = '';
  #lastId = 0;

  constructor(path: string, timeoutMs: number) {
    this.#path = path;
    this.#timeoutMs = timeoutMs;
  }

  ask(request: WithoutId<SignerRequest>): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(), this.#timeoutMs);
      const settle =
        <V>(how: (value: V) => void) =>
        (value: V): void => {
          clearTimeout(timer);
          this.#pending.delete(id);
          if (!this.#pending.size) this.#socket?.unref();
          how(value);
        };
      this.#pending.set(id, { resolve: settle(resolve), reject: settle(reject) });
      const socket = this.#open();
      socket.ref();
      socket.write(`${JSON.stringify({ ...request, id })}\n`);
    });
  }

  close(): void {
    this.#fail();
  }

  #open(): Socket {
    if (this.#socket) return this.#socket;
    const socket = createConnection(this.#path);
    this.#socket = socket;
    this.#rest = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('error', () => this.#fail(socket));
    socket.on('close', () => this.#fail(socket));
    return socket;
  }

  #read(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const text of lines) this.#settle(JSON.parse(text));
  }

  #settle(answer: SignerAnswer): void {
    const waiting = answer.id === null ? undefined : this.#pending.get(answer.id);
    if (!waiting) return;
    if (answer.ok) waiting.resolve(answer.result);
    else waiting.reject(new Problem(answer.code, answer.errors));
  }

  /** Nobody knows whether the signer acted; the caller asks again later. */
  #fail(socket: Socket | null = this.#socket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    socket?.destroy();
    for (const { reject } of [...this.#pending.values()]) reject(new Problem('signer_unavailable'));
  }
}
