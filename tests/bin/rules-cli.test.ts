import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { rulesCli } from '../../bin/rules/cli.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument } from '../rules/library.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'rules-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shipped = fileURLToPath(new URL('../../rules/library/credit.x-certificate.json', import.meta.url));
const document = libraryDocument('credit.x-certificate');
let files = 0;
const fileOf = (content: unknown): string => {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const changed = (change: (doc: Ruleset) => void): string => {
  const doc = structuredClone(document);
  delete doc.table;
  change(doc);
  return fileOf(doc);
};

/** Exit code and all that was printed. */
async function rules(...args: string[]): Promise<{ code: number; text: string }> {
  const printed: string[] = [];
  const open = (): never => {
    throw new Error('this command needs no database');
  };
  const code = await rulesCli(args, { print: (text) => void printed.push(text), open });
  return { code, text: printed.join('\n') };
}

test('check passes a document of the library, without a database', async () => {
  const { code, text } = await rules('check', shipped);

  expect(text).toMatch(/^ok {3}/);
  expect(text).toContain(`${document.tests.cases.length} tests passed, 0 failed`);
  expect(text).toMatch(/small slips would break a test \(\d+%\)/);
  expect([code, text.split('\n').at(-1)]).toEqual([0, 'passed']);
});

test('check names every fault of a document with its place, in both languages', async () => {
  const path = changed((doc) => {
    doc.decision.otherwise = { type: 'grant' };
    Object.assign(doc.rules[0]!, { priority: 1 });
  });
  const { code, text } = await rules('check', path);

  expect(code).toBe(1);
  expect(text).toContain('/rules/0/priority  key_unknown  未知的键“priority”。  Unknown key "priority".');
  expect(text).toContain('/decision/otherwise/type  otherwise_grants');
});

test('check refuses what is no JSON, and keys that stand twice', async () => {
  expect(await rules('check', fileOf('{'))).toMatchObject({ code: 1, text: expect.stringContaining('json_malformed') });
  expect(await rules('check', fileOf('{"id":"a","id":"b"}'))).toMatchObject({
    code: 1,
    text: expect.stringContaining('/id  key_doubled'),
  });
});

test('check fails a document whose test fails, and says which expectation', async () => {
  const { code, text } = await rules(
    'check',
    changed((doc) => (doc.tests.cases[0]!.expect = { type: 'out-of-scope' })),
  );

  expect(code).toBe(1);
  expect(text).toContain(`FAIL ${document.tests.cases[0]!.name} (type)`);
});

test('check fails a document with a gap until the finding is waived by name', async () => {
  const path = changed((doc) => {
    const { name } = doc.rules[0]!;
    doc.rules.splice(0, 1);
    delete doc.notes[name];
    for (const note of Object.values(doc.notes)) delete note.overrides;
    delete doc.explain;
    doc.tests.cases = doc.tests.cases.filter(({ expect: { fired } }) => !fired?.includes(name));
  });
  const refused = await rules('check', path, '--json');
  const found = JSON.parse(refused.text) as Found;
  expect([refused.code, found.faults]).toEqual([1, []]);
  expect(found.open).toContainEqual(expect.stringMatching(/^gap/));

  const some = await rules('check', path, ...found.open.slice(1).flatMap((name) => ['--waive', name]));
  expect([some.code, some.text]).toEqual([1, expect.stringContaining(`in the way  ${found.open[0]}`)]);
  const all = await rules('check', path, ...found.open.flatMap((name) => ['--waive', name]));
  expect([all.code, all.text]).toEqual([0, expect.stringMatching(/passed$/)]);
});

interface Found {
  faults: unknown[];
  open: string[];
}

test('diff says that nothing differs, or exactly what does, by its exit code too', async () => {
  const other = changed((doc) => {
    const granting = doc.rules.find(({ event }) => event.type === 'grant')!;
    granting.event = { type: 'refer', ...(doc.decision.otherwise.params && { params: doc.decision.otherwise.params }) };
  });

  expect(await rules('diff', shipped, shipped)).toEqual({ code: 0, text: '结果相同 · no case comes out otherwise' });
  const { code, text } = await rules('diff', shipped, other);
  expect(code).toBe(1);
  expect(text).toMatch(/ → /);
  const { shifts } = JSON.parse((await rules('diff', shipped, other, '--json')).text) as { shifts: unknown[] };
  expect(shifts.length).toBeGreaterThan(0);
});

test('decide answers with outcome and reasons, facts given on the line or in a file', async () => {
  const { facts, expect: wanted } = document.tests.cases[0]!;
  const given = JSON.stringify({ ...document.tests.base, ...facts });

  for (const how of [given, `@${fileOf(given)}`]) {
    const { code, text } = await rules('decide', shipped, '--facts', how, '--on', '2026-10-01');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ type: wanted.type, evaluatorsAgree: true });
  }
});

test('decide refuses a day on which the document is not in force, a day that is none, and unlawful facts', async () => {
  const before = await rules('decide', shipped, '--on', '1999-01-01');
  expect(before).toMatchObject({ code: 1, text: expect.stringContaining('no_rule_for_date') });
  expect(await rules('decide', shipped, '--on', '2026-02-30')).toMatchObject({ code: 1 });
  const unlawful = await rules('decide', shipped, '--facts', '{"contentOverlap":"80%"}');
  expect(unlawful).toMatchObject({ code: 1, text: expect.stringContaining('/facts/contentOverlap') });
});

test('asked wrongly, it says how to ask and exits with 2', async () => {
  for (const args of [[], ['check'], ['chekc', shipped], ['diff', shipped], ['publish', shipped], ['check', '--what']])
    expect(await rules(...args)).toMatchObject({ code: 2, text: expect.stringContaining('npm run rules') });
  expect((await rules('check', join(folder, 'absent.json'))).code).toBe(2);
});

test('the page on rules in git names every command', () => {
  const page = readFileSync(new URL('../../docs/rules-in-git.md', import.meta.url), 'utf8');

  for (const command of ['check', 'diff', 'decide', 'replay', 'publish'])
    expect(page).toContain(`npm run rules -- ${command}`);
});
