import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkNode, lockfileInstalled } from '../../bin/lib/ensure-packages.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dualcert-packages-'));
  mkdirSync(join(root, 'node_modules'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function lockFiles(wanted: Record<string, object>, installed: Record<string, object>): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
}

test.each(['20.19.0', '20.20.2', '22.0.0', '26.9.1'])('Node %s is taken', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(['18.20.0', '20.18.3', '27.0.0'])('Node %s is refused in both languages', (version) => {
  expect(() => checkNode(version)).toThrow(`当前是 ${version}`);
  expect(() => checkNode(version)).toThrow(`this is ${version}`);
});

test('the packages are there when each stands in node_modules in the version of the lock file', () => {
  lockFiles({ 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } });
  expect(lockfileInstalled(root)).toBe(true);
});

test('a package that is missing or of another version has them installed again', () => {
  lockFiles({ 'node_modules/a': { version: '1.0.1' } }, { 'node_modules/a': { version: '1.0.0' } });
  expect(lockfileInstalled(root)).toBe(false);
  lockFiles({ 'node_modules/a': { version: '1.0.1' } }, {});
  expect(lockfileInstalled(root)).toBe(false);
});

test('an optional package of another platform is not waited for', () => {
  lockFiles({ 'node_modules/a-darwin': { version: '1.0.0', optional: true } }, {});
  expect(lockfileInstalled(root)).toBe(true);
});

test('without node_modules nothing is there', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(lockfileInstalled(root)).toBe(false);
});
