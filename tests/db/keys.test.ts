import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openKeyring } from '../../db/keys.ts';
import { testKeys } from '../support/databases.ts';

const root = mkdtempSync(join(tmpdir(), 'dualcert-keys-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const folder = (): string => join(root, String((count += 1)), 'keys');

test('keys are made once, for their owner only, and read again', () => {
  const place = folder();
  const first = openKeyring(place);
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(readdirSync(place).sort()).toEqual(['id-number.key', 'master.key', 'row-mac.key']);
  for (const name of readdirSync(place)) expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
  const again = openKeyring(place);
  expect(again.decryptIdNumber(first.encryptIdNumber('110101199003070100'))).toBe('110101199003070100');
  expect(again.idNumberIndex('11010119900307010x')).toBe(first.idNumberIndex('11010119900307010X'));
  expect(again.rowMac('t', { a: 1 })).toBe(first.rowMac('t', { a: 1 }));
});

test('a folder or file that others may read is refused', () => {
  const place = folder();
  openKeyring(place);
  chmodSync(join(place, 'master.key'), 0o640);
  expect(() => openKeyring(place)).toThrow('keys_too_open');
  chmodSync(join(place, 'master.key'), 0o600);
  chmodSync(place, 0o755);
  expect(() => openKeyring(place)).toThrow('keys_too_open');
});

test('a damaged key file is refused', () => {
  const place = folder();
  openKeyring(place);
  writeFileSync(join(place, 'row-mac.key'), 'half', { mode: 0o600 });
  expect(() => openKeyring(place)).toThrow('key_damaged');
});

test('the same ID number is encrypted differently each time, and its index is the same', () => {
  const keys = testKeys();
  expect(keys.encryptIdNumber('110101199003070100')).not.toBe(keys.encryptIdNumber('110101199003070100'));
  expect(keys.idNumberIndex('110101199003070100')).not.toContain('110101');
  const sealed = keys.encryptIdNumber('110101199003070100');
  const spoilt = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => keys.decryptIdNumber(spoilt)).toThrow();
});

test('a wrapped subject key opens to the key, and cannot pass for an ID number', () => {
  const keys = testKeys();
  const { key, wrapped } = keys.newSubjectKey();
  expect(keys.unwrapSubjectKey(wrapped)).toEqual(key);
  expect(() => keys.unwrapSubjectKey(keys.encryptIdNumber('110101199003070100'))).toThrow();
});

test('a row MAC covers every column but itself, and null is as good as absent', () => {
  const keys = testKeys();
  const row = { id: 'a', value: 745, mark: null, mac: '' };
  const mac = keys.rowMac('score_events', row);
  expect(keys.rowMac('score_events', { ...row, mac, mark: undefined })).toBe(mac);
  expect(keys.rowMac('score_events', { ...row, value: 746 })).not.toBe(mac);
  expect(keys.rowMac('decisions', row)).not.toBe(mac);
});
