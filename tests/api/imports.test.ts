import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkbook } from '../../documents/spreadsheet/read.ts';
import { key } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { aStudentLine, studentHeaders } from '../support/imports.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

function csv(lines: readonly (readonly string[])[], kind = 'students', name = '新生.csv'): FormData {
  const form = new FormData();
  form.set('kind', kind);
  form.set('file', new Blob([lines.map((line) => line.join(',')).join('\n')]), name);
  return form;
}

onSqlite((open) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
  });
  afterAll(() => world.api.close());

  const good = [studentHeaders, aStudentLine(11), aStudentLine(12)];
  const wrong = [studentHeaders, aStudentLine(21), Object.assign(aStudentLine(22), { 2: '990000200503010000' })];
  let batch = '';
  let hash = '';

  describe('a file that is in order', () => {
    test('is previewed, and read by nobody else', async () => {
      const { status, body } = await world.registrar.ask('POST', '/v1/imports', { key: key(1), body: csv(good) });
      expect([status, body]).toMatchObject([201, { rows: 2, faults: 0 }]);
      ({ batch, previewHash: hash } = body);
      const read = await world.registrar.ask('GET', `/v1/imports/${batch}`);
      expect(read.body).toMatchObject({
        kind: 'students',
        fileName: '新生.csv',
        state: 'previewed',
        report: { summary: { students: 2 } },
        dependents: [],
      });
      for (const rest of ['', '/rows', '/faulty-rows'])
        expect((await world.stranger.ask('GET', `/v1/imports/${batch}${rest}`)).status).toBe(404);
      expect((await world.student.ask('GET', `/v1/imports/${batch}`)).status).toBe(403);
      expect((await world.stranger.ask('GET', '/v1/imports')).body.items).toEqual([]);
      expect((await world.registrar.ask('GET', '/v1/home')).body.groups).toMatchObject([
        { kind: 'import_open', count: 1 },
      ]);
    });

    test('shows its rows a page at a time, ID numbers masked', async () => {
      const first = await world.registrar.ask('GET', `/v1/imports/${batch}/rows?limit=1`);
      expect(first.body).toMatchObject({ items: [{ row: 2, faults: [] }], next: 1 });
      const second = await world.registrar.ask('GET', `/v1/imports/${batch}/rows?limit=1&after=1`);
      expect(second.body).toMatchObject({ items: [{ row: 3 }], next: null });
      expect(second.text).not.toMatch(/990000/);
    });

    test('is committed by the hash that was looked at, once, and can be undone', async () => {
      const path = `/v1/imports/${batch}/commit`;
      const other = { previewHash: `sha256:${'0'.repeat(64)}` };
      expect((await world.registrar.ask('POST', path, { key: key(2), body: other })).body.code).toBe(
        'preview_outdated',
      );
      expect((await world.stranger.ask('POST', path, { key: key(3), body: { previewHash: hash } })).status).toBe(404);
      const ask = { key: key(4), body: { previewHash: hash } };
      expect((await world.registrar.ask('POST', path, ask)).body).toMatchObject({ rows: 2 });
      expect((await world.registrar.ask('POST', path, ask)).headers.get('idempotent-replayed')).toBe('true');
      expect((await world.registrar.ask('GET', '/v1/students')).body.items).toHaveLength(3);
      expect((await world.registrar.ask('POST', '/v1/imports', { key: key(5), body: csv(good) })).body.code).toBe(
        'import_same_file',
      );
      expect(
        (await world.registrar.ask('POST', `/v1/imports/${batch}/undo`, { key: key(6), body: {} })).body.errors[0]
          .pointer,
      ).toBe('/reason');
      expect(
        (await world.registrar.ask('POST', `/v1/imports/${batch}/undo`, { key: key(7), body: { reason: '误传' } }))
          .body,
      ).toMatchObject({ state: 'undone' });
      expect((await world.registrar.ask('GET', '/v1/students')).body.items).toHaveLength(1);
    });
  });

  describe('a file with faults', () => {
    test('lists each, gives the rows back, and is refused whole unless told to skip them', async () => {
      const { body } = await world.registrar.ask('POST', '/v1/imports', { key: key(11), body: csv(wrong) });
      expect(body).toMatchObject({ rows: 1, faultyRows: 1, faults: 1 });
      const rows = await world.registrar.ask('GET', `/v1/imports/${body.batch}/rows?faulty=true`);
      expect(rows.body.items).toMatchObject([{ row: 3, faults: [{ column: 'C', code: 'id_number_checksum' }] }]);
      const file = await fetch(`${world.api.url}/v1/imports/${body.batch}/faulty-rows`, {
        headers: { cookie: world.registrar.cookie! },
      });
      const sheets = await readWorkbook(Buffer.from(await file.arrayBuffer()));
      expect(sheets[0]!.rows).toHaveLength(2);
      const commit = `/v1/imports/${body.batch}/commit`;
      expect(
        (await world.registrar.ask('POST', commit, { key: key(12), body: { previewHash: body.previewHash } })).body
          .code,
      ).toBe('import_has_faults');
      expect(
        (
          await world.registrar.ask('POST', commit, {
            key: key(13),
            body: { previewHash: body.previewHash, skipFaulty: true },
          })
        ).body,
      ).toMatchObject({ rows: 1 });
    });

    test('that is no spreadsheet is refused with its reason, a form without sense with all of its', async () => {
      const form = new FormData();
      form.set('kind', 'students');
      form.set('file', new Blob([new Uint8Array([0x25, 0x50, 0x44, 0x46, 1, 2, 3])]), 'a.pdf');
      expect((await world.registrar.ask('POST', '/v1/imports', { key: key(14), body: form })).body.code).toBe(
        'spreadsheet_refused',
      );
      const odd = csv(good, 'nothing');
      odd.set('options', '{');
      const { status, body } = await world.registrar.ask('POST', '/v1/imports', { key: key(15), body: odd });
      expect(status).toBe(400);
      expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
        ['/kind', 'not_allowed_value'],
        ['/options', 'json_malformed'],
      ]);
    });
  });

  test('templates carry the college’s own names', async () => {
    const { body: _, ...file } = await world.registrar.ask('GET', '/v1/import-templates/students');
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('xlsx');
    expect((await world.registrar.ask('GET', '/v1/import-templates/other')).status).toBe(400);
  });
});
