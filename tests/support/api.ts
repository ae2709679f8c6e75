import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRoutes } from '../../api/all-routes.ts';
import type { AppOptions } from '../../api/app.ts';
import { createApp } from '../../api/app.ts';
import { createLog } from '../../api/request-log.ts';
import { createDraftRunner } from '../../bin/lib/draft-runner.ts';
import { createPasswordHasher } from '../../bin/lib/password-hasher.ts';
import type { Database } from '../../db/open.ts';
import type { NewUser } from '../../register/accounts/create-user.ts';
import { createUser } from '../../register/accounts/create-user.ts';
import type { Register } from '../../register/register.ts';
import { base32, idPrefixes, uuidV7Bytes } from '../../schemas/ids.ts';
import type { Role } from '../../schemas/permissions.ts';

const notUsedHere = new Proxy(
  {},
  {
    get: (_target, name) => () => {
      throw new Error(`${String(name)} is not part of this test`);
    },
  },
);
/** As argon2id works, at a cost that leaves the tests quick. */
const passwords = createPasswordHasher({ memoryKiB: 256, passes: 1 });

/** The real threads, started by the first test that asks something of a draft. */
const drafts = createDraftRunner();

/** A register for tests of the API: real database and passwords; signer and documents throw when touched, unless given. */
export function aRegister(db: Database, parts: Partial<Register> = {}): Register {
  let count = 0;
  return {
    db,
    newId: (kind) => {
      count += 1;
      const random = Buffer.alloc(10);
      random.writeUInt32BE(count, 6);
      return `${idPrefixes[kind]}_${base32(uuidV7Bytes(Date.parse(db.clock.now()), random))}`;
    },
    randomBytes: (size) => randomBytes(size),
    systemClock: db.clock,
    signer: notUsedHere as Register['signer'],
    documents: notUsedHere as Register['documents'],
    drafts,
    passwords,
    readName: (name) => ({ pinyin: name, initials: name, sort: name }),
    ...parts,
  };
}

const SEED = { userId: 'seed', collegeId: null, role: 'seed' };
export const PASSWORD = 'a long enough phrase';

/** UUIDv7 with nothing in it but its number: each test says which key it means. */
export function key(number: number): string {
  return `019a0f3c-5b7e-7c41-9d2a-${String(number).padStart(12, '0')}`;
}

let made = 0;

export async function aUser(register: Register, input: Partial<NewUser> & { loginName: string }): Promise<string> {
  made += 1;
  const user: NewUser = { displayName: input.loginName, password: PASSWORD, ...input };
  return (await createUser(register, { key: `test-user-${made}`, by: SEED, input: user })).id;
}

/** Somebody with one role over a whole college, or over the deployment. */
export function withRole(role: Role, collegeId: string | null): NonNullable<NewUser['roles']> {
  return [collegeId === null ? { role, scopeKind: 'deployment' } : { role, collegeId, scopeKind: 'college' }];
}

export async function aCollegeRow(register: Register, code: string): Promise<string> {
  const id = register.newId('college');
  await register.db.writer('colleges').insert({
    id,
    code,
    name_zh: `示例学院 ${code}`,
    name_en: `Example College ${code}`,
    demo: 1,
    notice_working_days: 5,
    created_at: register.systemClock.now(),
  });
  return id;
}

export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers whose shape it checks
  body: any;
  text: string;
}

export interface Ask {
  body?: unknown;
  headers?: Record<string, string>;
  key?: string;
}

export interface Browser {
  cookie: string | null;
  ask(method: string, path: string, ask?: Ask): Promise<Answered>;
  signIn(loginName: string, password?: string, collegeId?: string): Promise<Answered>;
}

export interface TestApi {
  url: string;
  log: string[];
  uploads: string;
  /** Someone with a browser of their own, not signed in. */
  visitor(): Browser;
  signedIn(loginName: string): Promise<Browser>;
  close(): Promise<void>;
}

/** The whole API in this process, on a port of its own. */
export async function startApi(register: Register, options: Partial<AppOptions> = {}): Promise<TestApi> {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-api-'));
  const log: string[] = [];
  const uploads = join(folder, 'uploads');
  const app = createApp({
    register,
    routes: allRoutes,
    publicUrl: 'http://127.0.0.1',
    uploads,
    console: null,
    log: createLog({ destination: { write: (line) => log.push(line) } }),
    ...options,
  });
  const answer = app.callback();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const visitor = () => aBrowser(url);
  return {
    url,
    log,
    uploads,
    visitor,
    signedIn: async (loginName) => {
      const browser = visitor();
      const { status, text } = await browser.signIn(loginName);
      if (status !== 201) throw new Error(`sign-in of ${loginName}: ${status} ${text}`);
      return browser;
    },
    close: async () => {
      await closed(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}

function aBrowser(url: string): Browser {
  const browser: Browser = {
    cookie: null,
    async ask(method, path, { body, headers = {}, key: idempotencyKey } = {}) {
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const set = response.headers.getSetCookie()[0];
      if (set !== undefined) browser.cookie = /Max-Age=0/.test(set) ? null : set.split(';')[0]!;
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : null, text };
    },
    signIn: (loginName, password = PASSWORD, collegeId) =>
      browser.ask('POST', '/v1/session', {
        body: collegeId ? { loginName, password, collegeId } : { loginName, password },
      }),
  };
  return browser;
}
