import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conductorOf } from '../../bin/conductor.ts';
import { loadOperation } from '../../register/operations/run-page.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key, withRole } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

onSqlite((open) => {
  let world: World;
  let officer: Browser;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-08T02:00:00.000Z') }));
    officer = await world.api.signedIn('certification_officer-14999');
  });
  afterAll(() => world.api.close());

  const create = (n: number, body: unknown, who = world.registrar) =>
    who.ask('POST', '/v1/operations', { key: key(n), body });

  /** As its workflow would. */
  async function work(id: string): Promise<void> {
    const { perform } = conductorOf(world.college.register);
    for (;;) {
      const [next] = (await loadOperation(world.college.register, id)).due;
      if (!next) return;
      await perform[next.kind](
        { caseId: id, opKey: next.opKey },
        { heartbeat: () => undefined, signal: new AbortController().signal },
      );
    }
  }

  describe('bulk work', () => {
    test('is asked for over what one may see and do, by ids or by choice', async () => {
      const ids = world.students.map(({ diploma }) => diploma);
      expect(
        (await create(1, { kind: 'audit' })).body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ).toEqual(['/pathwayIds', '/choose']);
      expect((await create(2, { kind: 'sign_off', pathwayIds: ids })).body.permission).toBe('certificates.sign_off');
      expect((await create(3, { kind: 'audit', pathwayIds: ids }, officer)).status).toBe(403);
      expect((await create(4, { kind: 'audit', pathwayIds: ids }, world.stranger)).body.errors).toHaveLength(3);
      expect((await create(5, { kind: 'audit', choose: { cohort: 1999 } })).body.errors).toMatchObject([
        { pointer: '/choose', code: 'count_out_of_range' },
      ]);
      const made = await create(6, { kind: 'apply', choose: { cohort: 2023, target: 'skill', level: 'four' } });
      expect([made.status, made.body.total]).toEqual([202, 3]);
    });

    test('goes through the same commands, refuses item by item, and reports', async () => {
      const { id } = (await world.registrar.ask('GET', '/v1/operations')).body.items[0];
      await world.student.ask('POST', `/v1/pathways/${world.students[0]!.four}/apply`, { key: key(7) });
      expect((await world.registrar.ask('GET', `/v1/operations/${id}`)).body).toMatchObject({
        state: 'waiting',
        waiting: 3,
      });
      await work(id);
      const { body } = await world.registrar.ask('GET', `/v1/operations/${id}`);
      expect(body).toMatchObject({
        state: 'finished',
        total: 3,
        done: 2,
        refused: 1,
        refusals: { already_applied: 1 },
      });
      const items = await world.registrar.ask('GET', `/v1/operations/${id}/items?status=refused`);
      expect(items.body.items).toMatchObject([{ code: 'already_applied', studentNo: world.students[0]!.studentNo }]);
      for (const rest of ['', '/items', '/events'])
        expect((await world.stranger.ask('GET', `/v1/operations/${id}${rest}`)).status).toBe(404);
    });

    test('tells its progress as it happens, and from where the client was', async () => {
      const { id } = (await world.registrar.ask('GET', '/v1/operations?open=false')).body.items[0];
      const { text, headers } = await world.registrar.ask('GET', `/v1/operations/${id}/events`);
      expect(headers.get('content-type')).toContain('text/event-stream');
      expect(text).toContain('event: progress');
      expect(text).toContain('"state":"finished"');
      const rest = await world.registrar.ask('GET', `/v1/operations/${id}/events`, {
        headers: { 'last-event-id': '1' },
      });
      expect(rest.text).not.toContain('event: progress');
    });

    test('pauses, goes on and is cancelled', async () => {
      const { operation } = (await create(8, { kind: 'audit', choose: { target: 'diploma' } })).body;
      const to = (what: string, n: number, who = world.registrar) =>
        who.ask('POST', `/v1/operations/${operation}/${what}`, { key: key(n) });
      expect((await to('pause', 9, world.stranger)).status).toBe(404);
      await to('pause', 10);
      await work(operation);
      expect((await world.registrar.ask('GET', `/v1/operations/${operation}`)).body).toMatchObject({
        state: 'paused',
        done: 0,
      });
      await to('resume', 11);
      await to('cancel', 12);
      expect((await world.registrar.ask('GET', `/v1/operations/${operation}`)).body.state).toBe('cancelled');
      expect((await to('resume', 13)).status).toBe(404);
    });
  });

  test('health shows what is kept where, the signer included', async () => {
    const { status, body } = await world.registrar.ask('GET', '/v1/health');
    expect([status, body]).toMatchObject([
      200,
      { database: { dialect: 'sqlite' }, agreement: null, signer: { state: 'down' }, backups: 'not_built' },
    ]);
    expect(body.outbox.unsent).toBeGreaterThan(0);
    expect((await world.student.ask('GET', '/v1/health')).status).toBe(403);
  });

  test('the audit log is the auditor’s, newest first', async () => {
    await aUser(world.college.register, { loginName: 'auditor-14999', roles: withRole('auditor', world.college.id) });
    const auditor = await world.api.signedIn('auditor-14999');
    const first = (await auditor.ask('GET', '/v1/audit-leaves?limit=2')).body;
    expect(first.items).toHaveLength(2);
    expect(first.items[0].seq).toBeGreaterThan(first.items[1].seq);
    const next = (await auditor.ask('GET', `/v1/audit-leaves?limit=2&before=${first.next}`)).body;
    expect(next.items[0].seq).toBeLessThan(first.items[1].seq);
    const whole = (await auditor.ask('GET', '/v1/audit-leaves?kind=operation_created&withLeaf=true')).body;
    expect(JSON.parse(whole.items[0].leaf).format).toBe('leaf/1');
    expect((await world.registrar.ask('GET', '/v1/audit-leaves')).status).toBe(403);
  });
});
