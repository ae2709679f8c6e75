import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Problem } from '../schemas/problem.ts';
import { SignerRequest } from '../schemas/signer.ts';
import type { SignerAnswer, SignerHealth } from '../schemas/signer.ts';
import { HOURLY_LIMIT, signCertificate } from './sign.ts';
import type { SignerParts } from './sign.ts';

/** A request line longer than this is no certificate. */
const LONGEST_LINE = 65_536;

export interface SignerServerOptions extends SignerParts {
  sharedUser: boolean;
  onFatal: (error: unknown) => void;
}

/** Newline-delimited JSON both ways; answers carry the request's id. */
export function createSignerServer(options: SignerServerOptions): Server {
  // one request at a time: between looking in the ledger and writing to it nothing else may write
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (line: string): Promise<SignerAnswer> => {
    const answer = turn.then(() => answerLine(options, line));
    turn = answer.catch(() => undefined);
    return answer;
  };
  return createServer((socket) => serve(socket, { inTurn, onFatal: options.onFatal }));
}

interface Serving {
  inTurn: (line: string) => Promise<SignerAnswer>;
  onFatal: (error: unknown) => void;
}

function serve(socket: Socket, { inTurn, onFatal }: Serving): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE || lines.some((line) => line.length > LONGEST_LINE)) return void socket.destroy();
    for (const line of lines) {
      inTurn(line).then((answer) => socket.writable && socket.write(`${JSON.stringify(answer)}\n`), onFatal);
    }
  });
}

async function answerLine(options: SignerServerOptions, line: string): Promise<SignerAnswer> {
  const request = readRequest(line);
  if (!request.ok) return { id: request.id, ok: false, code: 'signer_refused', errors: request.faults };
  const { id } = request.value;
  try {
    return { id, ok: true, result: await perform(options, request.value) };
  } catch (error) {
    // anything else is a failed disk or a bug: better no signer than one whose ledger may lie
    if (!(error instanceof Problem)) throw error;
    const code = error.code === 'signer_limit_reached' ? error.code : 'signer_refused';
    return { id, ok: false, code, errors: [...error.errors] };
  }
}

type Read =
  | { ok: true; value: SignerRequest }
  | { ok: false; id: number | null; faults: { pointer: string; code: string }[] };

function readRequest(line: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, id: null, faults: [{ pointer: '', code: 'not_json' }] };
  }
  const parsed = SignerRequest.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const id =
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number' ? value.id : null;
  const faults = parsed.error.issues.map((issue) => ({
    pointer: issue.path.map((key) => `/${String(key)}`).join(''),
    code: issue.message,
  }));
  return { ok: false, id, faults };
}

async function perform(options: SignerServerOptions, request: SignerRequest): Promise<unknown> {
  const { ledger, keys, now } = options;
  if (request.op === 'sign') return signCertificate(options, request);
  if (request.op === 'publicKeys') return keys.publicKeys;
  if (request.op === 'ledgerEntries') return ledger.entries(request.after);
  const summary = await ledger.summary();
  if (request.op === 'ledgerSummary') {
    const lastHour = await ledger.countSince(new Date(now().getTime() - 3_600_000).toISOString());
    return { ...summary, lastHour, hourlyLimit: HOURLY_LIMIT };
  }
  return {
    kid: keys.kid,
    entries: summary.entries,
    alarms: summary.alarms,
    sharedUser: options.sharedUser,
  } satisfies SignerHealth;
}
