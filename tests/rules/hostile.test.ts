import { afterEach, describe, expect, test } from 'vitest';
import { hostileDocuments } from '../../bench/rules/hostile.ts';
import { faultsOf } from '../../bench/rules/refusing.ts';
import { loadedByHash } from '../../register/rules/loaded.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { benchDocument, catalogues } from '../../bench/rules/documents.ts';

afterEach(() => expect(Reflect.get(globalThis, 'escaped')).toBeUndefined());

test('the document that the hostile ones are made from is sound', () => {
  expect(lintRuleset(benchDocument(12).doc, catalogues)).toEqual([]);
});

describe.each(hostileDocuments)('$name', ({ text, fault }) => {
  test('is refused for what it is, with its place and words, and not at length', () => {
    const faults = faultsOf(text());

    expect(faults.map(({ code }) => code)).toContain(fault);
    expect(faults.length).toBeLessThanOrEqual(201);
    for (const { text: words } of faults) expect([words?.['zh-CN'], words?.en].every(Boolean)).toBe(true);
  });

  test('is refused within 200 ms', () => {
    const given = text();
    const spent: number[] = [];

    // the quickest of three: other work on the machine is not the lint's fault
    for (let i = 0; i < 3; i += 1) {
      const began = performance.now();
      faultsOf(given);
      spent.push(performance.now() - began);
    }

    expect(Math.min(...spent)).toBeLessThan(200);
  });

  test('forced into the table, it does not come into use', () => {
    expect(() => loadedByHash('sha256:forced', text())).toThrow();
  });
});
