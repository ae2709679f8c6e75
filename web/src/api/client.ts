import createClient from 'openapi-fetch';
import type { Middleware } from 'openapi-fetch';
import i18n from 'i18next';
import type { paths } from './schema.d.ts';

/** The only place that talks to the network. */
const client = createClient<paths>({ baseUrl: '' });

/** One fault of a refusal: where in the input, a stable code, words in the reader's language. */
export interface Fault {
  pointer: string;
  code: string;
  title?: string;
  detail?: Record<string, unknown>;
}

/** A refusal of the server (RFC 9457), with everything it said. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly errors: readonly Fault[];
  readonly instance: string;
  constructor(
    body: { code?: string; status?: number; title?: string; errors?: Fault[]; instance?: string },
    status: number,
  ) {
    super(body.title ?? body.code ?? String(status));
    this.name = 'Refused';
    this.code = body.code ?? 'unreachable';
    this.status = body.status ?? status;
    this.title = body.title ?? '';
    this.errors = body.errors ?? [];
    this.instance = body.instance ?? '';
  }
}

const speak: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18n.language);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok || response.status === 304) return response;
    throw await refusalOf(response);
  },
};
client.use(speak);

export const api = client;

/** The parameters of a command: a new key, and what else goes into path or query. Keep the result to try the same act again. */
export function keyed<P extends object>(params?: P): { params: P & { header: { 'Idempotency-Key': string } } } {
  return { params: { ...(params as P), header: { 'Idempotency-Key': newKey() } } };
}

/** As `keyed`, for a change that must start from the version seen. */
export function keyedAt<P extends object>(
  version: number,
  params?: P,
): { params: P & { header: { 'Idempotency-Key': string; 'If-Match': string } } } {
  return { params: { ...(params as P), header: { 'Idempotency-Key': newKey(), 'If-Match': `"${version}"` } } };
}

/** The body of a call that was not refused. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T; // a refusal has been thrown before
}

export async function refusalOf(response: Response): Promise<Refused> {
  const body = (await response.json().catch(() => ({}))) as ConstructorParameters<typeof Refused>[0];
  return new Refused(body, response.status);
}

/** A file sent as multipart/form-data; everything else goes through `api`. */
export async function sendFile<T>(
  path: string,
  { file, fields, key = newKey() }: { file: File; fields: Record<string, string>; key?: string },
): Promise<T> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', file);
  const response = await fetch(path, {
    method: 'POST',
    body,
    headers: { 'Accept-Language': i18n.language, 'Idempotency-Key': key },
  });
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as T;
}

/** A UUIDv7, made before sending and kept while the same act is tried again. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let millis = Date.now();
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = millis % 256;
    millis = Math.floor(millis / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
