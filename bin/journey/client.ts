import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { uuidV7Bytes } from '../../schemas/ids.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A write that was answered with 2xx: what must be found in the register whatever happened since. */
export interface Acknowledged {
  method: Method;
  path: string;
  body: unknown;
}

export interface Refusal {
  status: number;
  code: string;
  errors: { pointer: string; code: string }[];
}

/** The server refused: the answer's code, and the faults by pointer. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(request: string, refusal: Refusal) {
    const faults = refusal.errors.slice(0, 5).map(({ pointer, code }) => `${pointer} ${code}`);
    super(`${request}: ${refusal.status} ${refusal.code} ${faults.join('; ')}`);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

interface Request {
  method: Method;
  path: string;
  body?: unknown;
  file?: { name: string; bytes: Uint8Array };
  ifMatch?: number;
}

export interface ClientOptions {
  url: string;
  /** How long an unreachable or busy server is asked again, with the same key. */
  patienceMs: number;
  onAcknowledged?(write: Acknowledged): void;
}

const PAUSE_MS = 250;
/** What says nothing about the request itself: asked again under the same key, it gets the answer it would have got. */
const PASSING = new Set([429, 500, 502, 503]);

/** One person at a browser: a cookie, keys made before sending, the same key on every attempt. */
export class Client {
  private readonly options: ClientOptions;
  private cookie = '';
  private credentials: { loginName: string; password: string } | null = null;

  constructor(options: ClientOptions) {
    this.options = options;
  }

  async signIn(loginName: string, password: string): Promise<void> {
    this.credentials = { loginName, password };
    await this.send({ method: 'POST', path: '/v1/session', body: this.credentials });
  }

  async get<T>(path: string): Promise<T> {
    return this.send<T>({ method: 'GET', path });
  }

  async post<T>(path: string, body: unknown = {}, ifMatch?: number): Promise<T> {
    return this.write<T>({ method: 'POST', path, body, ...(ifMatch === undefined ? {} : { ifMatch }) });
  }

  async put<T>(path: string, body: unknown, ifMatch?: number): Promise<T> {
    return this.write<T>({ method: 'PUT', path, body, ...(ifMatch === undefined ? {} : { ifMatch }) });
  }

  async upload<T>(path: string, fields: Record<string, string>, file: { name: string; bytes: Uint8Array }): Promise<T> {
    return this.write<T>({ method: 'POST', path, body: fields, file });
  }

  /** All items of a list, page by page. */
  async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor = '';
    for (;;) {
      const mark = path.includes('?') ? '&' : '?';
      const page = await this.get<{ items: T[]; next: string | null }>(`${path}${mark}limit=200${cursor}`);
      items.push(...page.items);
      if (!page.next) return items;
      cursor = `&cursor=${page.next}`;
    }
  }

  private async write<T>(request: Request): Promise<T> {
    const answer = await this.send<T>(request);
    const { method, path, body } = request;
    this.options.onAcknowledged?.({ method, path, body });
    return answer;
  }

  private async send<T>(request: Request): Promise<T> {
    const key = newKey();
    const until = performance.now() + this.options.patienceMs;
    for (;;) {
      const answer = await this.attempt(request, key).catch((err: unknown) => String(err));
      const name = `${request.method} ${request.path}`;
      // what was really sent is parsed as what the route answers; a wrong shape shows at its first use
      if (typeof answer !== 'string' && answer.status < 300) return answer.body as T;
      if (typeof answer !== 'string' && answer.status === 401 && (await this.cameBack(request))) continue;
      const passing = typeof answer === 'string' || PASSING.has(answer.status) || answer.code === 'in_progress';
      if (!passing || performance.now() > until) {
        if (typeof answer === 'string') throw new Error(`${name}: ${answer}`);
        throw new Refused(name, answer);
      }
      await pause(PAUSE_MS);
    }
  }

  /** A session ends when nobody uses it for a while, as on a slow machine; whoever comes back signs in again. */
  private async cameBack({ path }: Request): Promise<boolean> {
    if (this.credentials === null || path === '/v1/session') return false;
    await this.send({ method: 'POST', path: '/v1/session', body: this.credentials });
    return true;
  }

  private async attempt(request: Request, key: string): Promise<Refusal & { body: unknown }> {
    const response = await fetch(this.options.url + request.path, {
      method: request.method,
      headers: this.headersOf(request, key),
      signal: AbortSignal.timeout(60_000),
      ...bodyOf(request),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { code = '', errors = [] } = (response.ok ? {} : body) as Partial<Refusal>;
    return { status: response.status, code, errors, body };
  }

  private headersOf({ method, body, file, ifMatch }: Request, key: string): Record<string, string> {
    return {
      'Sec-Fetch-Site': 'same-origin',
      ...(this.cookie === '' ? {} : { Cookie: this.cookie }),
      ...(method === 'GET' ? {} : { 'Idempotency-Key': key }),
      ...(body === undefined || file ? {} : { 'Content-Type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
    };
  }
}

function bodyOf({ body, file }: Request): { body?: FormData | string } {
  if (!file) return body === undefined ? {} : { body: JSON.stringify(body) };
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, string>)) form.set(name, value);
  form.set('file', new Blob([Uint8Array.from(file.bytes)]), file.name);
  return { body: form };
}

function newKey(): string {
  const hex = Buffer.from(uuidV7Bytes(Date.now(), randomBytes(10))).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
