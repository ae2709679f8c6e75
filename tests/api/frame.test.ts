import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { reply } from '../../api/answers.ts';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { memoryLimits } from '../../api/limits.ts';
import { command, defineRoute } from '../../api/route.ts';
import type { PersonCall } from '../../register/accounts/principal.ts';
import { frameRoutes } from '../../api/routes/frame.ts';
import { sessionRoutes } from '../../api/routes/session.ts';
import { appendLeaf } from '../../db/audit.ts';
import { expectVersion, updateVersioned } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Register } from '../../register/register.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Browser, TestApi } from '../support/api.ts';
import { aCollegeRow, aRegister, aUser, key, startApi, withRole } from '../support/api.ts';
import { onSqlite } from '../support/databases.ts';

const tags = ['test'];
const summary = { 'zh-CN': '测试', en: 'Test' };
const Thing = z.strictObject({ id: z.string(), version: z.int(), name: z.string() });

const Rename = z.strictObject({ id: z.string(), name: z.string().min(2), count: z.int().max(9).optional() });
/** A real command on a real row, so that keys and versions meet the database. */
async function rename({ db }: Register, call: PersonCall<z.infer<typeof Rename>>): Promise<z.infer<typeof Thing>> {
  return writeTx(db, { command: 'rename', ...call }, async (tx) => {
    const { id, name } = call.input;
    const row = await tx('users').where({ login_name: id }).first();
    if (!row) throw new Problem('not_found');
    expectVersion(row, call.ifMatch);
    const version = await updateVersioned(tx, 'users', {
      id: row.id,
      version: row.version,
      patch: { display_name: name },
    });
    await appendLeaf(tx, { kind: 'renamed', object: { type: 'user', id: row.id } });
    return { id, version, name };
  });
}

const readThing = defineRoute({
  method: 'get',
  path: '/v1/things/{id}',
  permission: 'users.read',
  input: z.strictObject({ id: z.string(), lines: z.coerce.number().int().optional() }),
  output: Thing,
  refuses: [],
  versioned: 'etag',
  tags,
  summary,
  handle: async ({ register, input }) => {
    const row = await register.db.reader('users').where({ login_name: input.id }).first();
    if (!row) throw new Problem('not_found');
    return { id: input.id, version: row.version, name: row.display_name };
  },
});
const renameThing = defineRoute({
  method: 'put',
  path: '/v1/things/{id}',
  permission: 'users.read',
  input: Rename,
  output: Thing,
  refuses: [],
  command: true,
  versioned: 'if-match',
  tags,
  summary,
  handle: command(rename),
});
const fixedThing = defineRoute({
  method: 'get',
  path: '/v1/things/fixed',
  permission: 'public',
  input: z.strictObject({}),
  output: z.strictObject({ fixed: z.literal(true) }),
  refuses: [],
  tags,
  summary,
  handle: () => ({ fixed: true as const }),
});
const crash = defineRoute({
  method: 'get',
  path: '/v1/crash',
  permission: 'public',
  input: z.strictObject({}),
  output: Thing,
  refuses: [],
  tags,
  summary,
  handle: () => {
    throw new Error('the secret reason');
  },
});
const leaky = defineRoute({
  method: 'get',
  path: '/v1/leaky',
  permission: 'public',
  input: z.strictObject({}),
  output: Thing,
  refuses: [],
  tags,
  summary,
  handle: () => ({ id: 'a', version: 1, name: 'b', password_hash: 'must not go out' }),
});
const receive = defineRoute({
  method: 'post',
  path: '/v1/files',
  permission: 'public',
  input: z.strictObject({ kind: z.enum(['students', 'scores']) }),
  output: z.strictObject({ kind: z.string(), name: z.string(), size: z.int(), sha256: z.string(), text: z.string() }),
  refuses: [],
  upload: true,
  tags,
  summary,
  handle: ({ input, upload }) => ({
    kind: input.kind,
    name: upload.name,
    size: upload.size,
    sha256: upload.sha256,
    text: readFileSync(upload.path, 'utf8').slice(0, 20),
  }),
});
const download = defineRoute({
  method: 'get',
  path: '/v1/files/one',
  permission: 'public',
  input: z.strictObject({}),
  output: 'file',
  refuses: [],
  tags,
  summary,
  handle: () => ({ contentType: 'application/pdf', body: Buffer.from('%PDF'), name: '证书.pdf' }),
});
const watch = defineRoute({
  method: 'get',
  path: '/v1/watch',
  permission: 'public',
  input: z.strictObject({}),
  output: 'events',
  refuses: [],
  tags,
  summary,
  handle: () => ({
    async *events(after: string | null) {
      for (let i = Number(after ?? 0) + 1; i <= 3; i += 1) yield { id: String(i), event: 'step', data: { i } };
    },
  }),
});
const guarded = defineRoute({
  method: 'get',
  path: '/v1/guarded',
  permission: 'public',
  input: z.strictObject({}),
  output: 'nothing',
  refuses: [],
  limit: 'verification',
  tags,
  summary,
  handle: () => reply(undefined),
});
const routes = frameRoutes([
  ...sessionRoutes,
  readThing,
  renameThing,
  fixedThing,
  crash,
  leaky,
  receive,
  download,
  watch,
  guarded,
]);

describe('the frame', () =>
  onSqlite((open) => {
    let api: TestApi;
    let reader: Browser;
    let console: string;

    beforeAll(async () => {
      const register = aRegister(await open());
      const college = await aCollegeRow(register, 'A');
      await aUser(register, { loginName: 'reader', roles: withRole('auditor', null) });
      await aUser(register, { loginName: 'teacher', roles: withRole('teacher', college) });
      for (const name of ['one', 'two', 'three']) await aUser(register, { loginName: name });
      console = mkdtempSync(join(tmpdir(), 'dualcert-console-'));
      mkdirSync(join(console, 'assets'));
      writeFileSync(join(console, 'index.html'), '<!doctype html><title>双证</title>');
      writeFileSync(join(console, 'assets/app-1a2b.js'), 'export default 1;'.repeat(200));
      const limits = { ...memoryLimits(), verification: new RateLimiterMemory({ points: 3, duration: 60 }) };
      api = await startApi(register, { routes, console, limits });
      reader = await api.signedIn('reader');
    });
    afterAll(async () => {
      await api.close();
      rmSync(console, { recursive: true });
    });

    const put = (body: unknown, more: { key?: string; ifMatch?: string; id?: string } = {}) =>
      reader.ask('PUT', `/v1/things/${more.id ?? 'one'}`, {
        body,
        ...(more.key ? { key: more.key } : {}),
        headers: more.ifMatch ? { 'if-match': more.ifMatch } : {},
      });

    describe('problems', () => {
      test('come as RFC 9457 with code, words and the request id', async () => {
        const { status, headers, body } = await api
          .visitor()
          .ask('GET', '/v1/things/one', { headers: { 'x-request-id': 'trace-12345' } });
        expect(status).toBe(401);
        expect(headers.get('content-type')).toContain('application/problem+json');
        expect(body).toEqual({
          type: '/problems/not_signed_in',
          code: 'not_signed_in',
          status: 401,
          title: '请先登录。',
          instance: 'trace-12345',
          errors: [],
        });
      });

      test('are said in English to whoever asks for English', async () => {
        const { body } = await api
          .visitor()
          .ask('GET', '/v1/things/one', { headers: { 'accept-language': 'en-GB,en;q=0.9' } });
        expect(body.title).toBe('Please sign in first.');
      });

      test('have a page for people', async () => {
        const { status, headers, text } = await api.visitor().ask('GET', '/problems/barred_person?lang=en');
        expect(status).toBe(200);
        expect(text).toContain('You are barred from this act by the recusal rules.');
        expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
        expect((await api.visitor().ask('GET', '/problems/no_such_code')).status).toBe(404);
      });

      test('tell nothing of what broke inside, but the log does', async () => {
        const { status, text } = await api.visitor().ask('GET', '/v1/crash');
        expect(status).toBe(500);
        expect(text).not.toContain('secret');
        expect(api.log.some((line) => line.includes('the secret reason'))).toBe(true);
      });

      test('an answer that does not fit its schema does not go out', async () => {
        const { status, text } = await api.visitor().ask('GET', '/v1/leaky');
        expect(status).toBe(500);
        expect(text).not.toContain('must not go out');
      });

      test.each([
        ['GET', '/v1/nothing-here', 404, 'not_found'],
        ['GET', '/v1/things/nobody', 404, 'not_found'],
        ['POST', '/v1/things/one', 405, 'method_not_allowed'],
        ['PROPFIND', '/v1/things/one', 501, 'method_unknown'],
        ['GET', '/v1/things/%E0%A4%A', 404, 'not_found'],
      ])('%s %s is %i %s', async (method, path, status, code) => {
        const answer = await reader.ask(method, path);
        expect([answer.status, answer.body.code]).toEqual([status, code]);
      });

      test('405 says what is allowed', async () => {
        expect((await reader.ask('POST', '/v1/things/one')).headers.get('allow')!.split(', ').sort()).toEqual([
          'GET',
          'HEAD',
          'PUT',
        ]);
      });

      test('without the role: 403, naming the permission', async () => {
        const teacher = await api.signedIn('teacher');
        const { status, body } = await teacher.ask('GET', '/v1/things/one');
        expect([status, body.code, body.permission]).toEqual([403, 'not_permitted', 'users.read']);
      });
    });

    describe('input', () => {
      test('gets all its faults at once, with pointer, code and words', async () => {
        const { status, body } = await put({ name: 'x', count: 12, extra: 1 }, { key: key(1), ifMatch: '"1"' });
        expect(status).toBe(400);
        expect(body.errors).toEqual([
          { pointer: '/name', code: 'too_short', title: '此项至少 2 个字符。', detail: { minimum: 2 } },
          { pointer: '/count', code: 'too_big', title: '此项不得大于 9。', detail: { maximum: 9 } },
          { pointer: '/extra', code: 'unknown_field', title: '没有此项，请检查字段名。' },
        ]);
      });

      test('takes the query of a GET by its schema', async () => {
        expect((await reader.ask('GET', '/v1/things/one?lines=3')).status).toBe(200);
        expect((await reader.ask('GET', '/v1/things/one?lines=many')).body.errors[0].code).toBe('wrong_type');
        expect((await reader.ask('GET', '/v1/things/one?other=1')).body.errors[0].code).toBe('unknown_field');
      });

      test('may not contradict the address', async () => {
        expect((await put({ id: 'two', name: 'new name' }, { key: key(2), ifMatch: '"1"' })).body.errors).toMatchObject(
          [{ pointer: '/id', code: 'unknown_field' }],
        );
      });

      test.each([
        ['not JSON', '{"name":', 'application/json', 400, 'bad_input'],
        ['a list', '[1]', 'application/json', 400, 'bad_input'],
        ['a number', '1', 'application/json', 400, 'bad_input'],
        ['__proto__', '{"__proto__":{"name":"ab"}}', 'application/json', 400, 'bad_input'],
        ['a form', 'name=ab', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
        [
          'more than a megabyte',
          JSON.stringify({ name: 'x'.repeat(1_100_000) }),
          'application/json',
          413,
          'payload_too_large',
        ],
      ])('%s is refused', async (_what, body, type, status, code) => {
        const answer = await reader.ask('PUT', '/v1/things/one', {
          body,
          key: key(3),
          headers: { 'content-type': type, 'if-match': '"1"' },
        });
        expect([answer.status, answer.body.code]).toEqual([status, code]);
      });

      test('a small body that inflates to a large one is refused', async () => {
        const body = gzipSync(JSON.stringify({ name: 'x'.repeat(50_000_000) }));
        const headers = {
          cookie: reader.cookie!,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'idempotency-key': key(4),
          'if-match': '"1"',
        };
        const response = await fetch(`${api.url}/v1/things/one`, { method: 'PUT', headers, body });
        const { code } = (await response.json()) as { code: string };
        expect([response.status, code]).toEqual([413, 'payload_too_large']);
      });

      test('a fixed part of an address is tried before an open one', async () => {
        expect((await api.visitor().ask('GET', '/v1/things/fixed')).body).toEqual({ fixed: true });
      });
    });

    describe('keys and versions', () => {
      test('a command without a key, or with another kind of UUID, is refused', async () => {
        for (const wrong of [undefined, 'abc', '3f2504e0-4f89-41d3-9a0c-0305e82c3301']) {
          const answer = await put({ name: 'new name' }, { ifMatch: '"1"', ...(wrong ? { key: wrong } : {}) });
          expect([answer.status, answer.body.code]).toEqual([400, 'idempotency_key_missing']);
        }
      });

      test('a change without If-Match is 428, with an old or weak one 412', async () => {
        expect((await put({ name: 'new name' }, { key: key(5) })).status).toBe(428);
        const stale = await put({ name: 'new name' }, { key: key(6), ifMatch: '"99"' });
        expect([stale.status, stale.body.code, stale.body.version]).toEqual([412, 'version_mismatch', 1]);
        expect((await put({ name: 'new name' }, { key: key(7), ifMatch: 'W/"1"' })).status).toBe(412);
      });

      test('the same key and body again: the same answer, one effect, and a header that says so', async () => {
        const first = await put({ name: 'renamed' }, { key: key(8), ifMatch: '"1"', id: 'two' });
        expect([first.status, first.body.version, first.headers.get('etag')]).toEqual([200, 2, '"2"']);
        expect(first.headers.get('idempotent-replayed')).toBeNull();
        const again = await put({ name: 'renamed' }, { key: key(8), ifMatch: '"1"', id: 'two' });
        expect([again.status, again.body, again.headers.get('etag')]).toEqual([200, first.body, '"2"']);
        expect(again.headers.get('idempotent-replayed')).toBe('true');
        expect((await reader.ask('GET', '/v1/things/two')).body.version).toBe(2);
      });

      test('the same key for something else is 422', async () => {
        await put({ name: 'third' }, { key: key(9), ifMatch: '"1"', id: 'three' });
        const other = await put({ name: 'fourth' }, { key: key(9), ifMatch: '"1"', id: 'three' });
        expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
      });

      test('a refused attempt leaves its key free', async () => {
        expect((await put({ name: 'later' }, { key: key(10), ifMatch: '"7"' })).status).toBe(412);
        expect((await put({ name: 'later' }, { key: key(10), ifMatch: '"1"' })).status).toBe(200);
      });

      test('an answer the browser has already is 304', async () => {
        const { headers } = await reader.ask('GET', '/v1/things/one');
        const again = await reader.ask('GET', '/v1/things/one', {
          headers: { 'if-none-match': headers.get('etag')!, 'cache-control': 'max-age=0' },
        });
        expect([again.status, again.text]).toEqual([304, '']);
      });
    });

    describe('other sites', () => {
      const body = { loginName: 'reader', password: 'x' };
      const post = (headers: Record<string, string>) =>
        fetch(`${api.url}/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });

      test.each([
        ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
        ['a page of a sister host', { 'sec-fetch-site': 'same-site' }, 403],
        ['another origin in an old browser', { origin: 'https://evil.example' }, 403],
        ['a request with our cookie that says nothing', { cookie: 'dualcert_session=x' }, 403],
        ['our own origin in an old browser', { origin: 'http://127.0.0.1' }, 401],
        ['a program without cookie', {}, 401],
      ])('%s: %i', async (_who, headers, status) => {
        expect((await post(headers as Record<string, string>)).status).toBe(status);
      });
    });

    describe('files', () => {
      const form = (fields: Record<string, string>, file?: Blob) => {
        const data = new FormData();
        for (const [name, value] of Object.entries(fields)) data.set(name, value);
        if (file) data.set('file', file, '名册.xlsx');
        return data;
      };

      test('come in with their fields, and are gone once answered', async () => {
        const { status, body } = await api
          .visitor()
          .ask('POST', '/v1/files', { body: form({ kind: 'students' }, new Blob(['hello'])) });
        expect([status, body.kind, body.name, body.size, body.text]).toEqual([
          200,
          'students',
          '名册.xlsx',
          5,
          'hello',
        ]);
        expect(body.sha256).toBe('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
        expect(readdirSync(api.uploads)).toEqual([]);
      });

      test('over 10 MB are refused and leave nothing', async () => {
        const big = new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]);
        const answer = await api.visitor().ask('POST', '/v1/files', { body: form({ kind: 'students' }, big) });
        expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
        expect(readdirSync(api.uploads)).toEqual([]);
      });

      test('missing, or with wrong fields, are named', async () => {
        expect(
          (await api.visitor().ask('POST', '/v1/files', { body: form({ kind: 'students' }) })).body.errors[0].code,
        ).toBe('file_missing');
        const wrong = await api.visitor().ask('POST', '/v1/files', { body: form({ kind: 'other' }, new Blob(['x'])) });
        expect(wrong.body.errors[0]).toMatchObject({ pointer: '/kind', code: 'not_allowed_value' });
        expect(readdirSync(api.uploads)).toEqual([]);
        expect((await api.visitor().ask('POST', '/v1/files', { body: {} })).status).toBe(415);
      });

      test('go out under their Chinese name', async () => {
        const { headers, text } = await api.visitor().ask('GET', '/v1/files/one');
        expect(text).toBe('%PDF');
        expect(headers.get('content-type')).toBe('application/pdf');
        expect(headers.get('content-disposition')).toContain("filename*=UTF-8''%E8%AF%81%E4%B9%A6.pdf");
      });
    });

    test('events resume after the last one seen', async () => {
      const first = await api.visitor().ask('GET', '/v1/watch');
      expect(first.headers.get('content-type')).toContain('text/event-stream');
      expect(first.text.match(/^id: \d/gm)).toEqual(['id: 1', 'id: 2', 'id: 3']);
      const later = await api
        .visitor()
        .ask('GET', '/v1/watch', { headers: { 'last-event-id': '2', 'accept-encoding': 'gzip' } });
      expect(later.text.match(/^id: \d/gm)).toEqual(['id: 3']);
      expect(later.headers.get('content-encoding')).toBeNull();
    });

    test('who asks too often is told when to come back', async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await api.visitor().ask('GET', '/v1/guarded')).status);
      expect(statuses).toEqual([204, 204, 204, 429]);
      const refused = await api.visitor().ask('GET', '/v1/guarded');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    describe('the console', () => {
      test('is served with its policy, its own addresses too', async () => {
        for (const path of ['/', '/students/abc', '/students/abc?stage=x', '/rules/credit.prior-course']) {
          const { status, text, headers } = await api.visitor().ask('GET', path, { headers: { accept: 'text/html' } });
          expect([status, text]).toEqual([200, '<!doctype html><title>双证</title>']);
          expect(headers.get('content-security-policy')).toContain("script-src 'self'");
          expect(headers.get('x-content-type-options')).toBe('nosniff');
        }
      });

      test('built files are kept for ever and compressed', async () => {
        const { headers } = await api
          .visitor()
          .ask('GET', '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
        expect(headers.get('cache-control')).toContain('immutable');
        expect(headers.get('content-encoding')).toBe('gzip');
      });

      test('never answers for the API, nor for a file that is not there', async () => {
        for (const path of ['/v1/none', '/v/none', '/problems/none', '/assets/none.js']) {
          expect((await api.visitor().ask('GET', path, { headers: { accept: 'text/html' } })).status).toBe(404);
        }
      });

      test('a wrong address below the public one answers with the look-up form, to a program with the problem', async () => {
        const ask = (accept: string) => api.visitor().ask('GET', '/v/none/at/all?lang=en', { headers: { accept } });
        const page = await ask('text/html');
        expect(page.status).toBe(404);
        expect(page.text).toContain('There is no such address');
        expect(page.text).toContain('<form');
        expect(page.text).not.toContain('not_found');
        expect((await ask('application/json')).body).toMatchObject({ code: 'not_found' });
      });

      test('nothing outside its folder is served', async () => {
        const answer = await raw(api.url, 'GET /../../../../etc/passwd HTTP/1.1');
        expect(answer).not.toContain('root:');
        expect(await raw(api.url, 'GET /assets/..%2f..%2f..%2f..%2fetc%2fpasswd.txt HTTP/1.1')).not.toContain('root:');
      });
    });

    test('health is answered to anyone', async () => {
      expect((await api.visitor().ask('GET', '/healthz')).body).toEqual({ status: 'ok' });
    });
  }));

/** A request no proper client would send. */
function raw(url: string, line: string): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((done, fail) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => done(answer));
    socket.on('error', fail);
  });
}
