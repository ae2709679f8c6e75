import { describe, expect, test } from 'vitest';
import { loadRuleset } from '../../rules/load.ts';
import { decide } from '../../rules/decide.ts';
import { changeOf, turnedNodes } from '../../rules/preview.ts';
import type { Side } from '../../rules/preview.ts';
import { drawSample, lowest, priorityOf } from '../../rules/preview-sample.ts';
import type { Drawn } from '../../rules/preview-sample.ts';
import { countStudent, emptyTally, mergeTallies } from '../../rules/preview-tally.ts';
import type { Compared } from '../../rules/preview-tally.ts';
import type { Verdict } from '../../rules/verdict.ts';
import { libraryDocument, withLeaf } from './library.ts';

const side = (type: Verdict['type'], rest: Partial<Verdict> = {}): Side => ({
  type,
  verdict: { type, fired: [], missing: [], because: { kind: 'rule' }, ...rest },
});

describe('what becomes of a verdict', () => {
  test.each([
    ['deny', 'grant', 'gain'],
    ['undetermined', 'grant', 'gain'],
    ['deny', 'refer', 'gain'],
    ['grant', 'refer', 'lose'],
    ['grant', 'out-of-scope', 'lose'],
    ['undetermined', 'deny', 'lose'],
    ['undetermined', 'refer', 'other'],
  ] as const)('%s to %s: %s', (from, to, change) => {
    expect(changeOf(side(from), side(to))).toBe(change);
  });

  test('more of every number is a gain, less a loss, some of each neither', () => {
    const grant = (credits: number, score: number) => side('grant', { params: { credits, score } });
    expect(changeOf(grant(30, 700), grant(80, 700))).toBe('gain');
    expect(changeOf(grant(80, 700), grant(30, 700))).toBe('lose');
    expect(changeOf(grant(30, 700), grant(80, 600))).toBe('other');
    expect(changeOf(side('grant', { params: { title: 'a' } }), side('grant', { params: { title: 'b' } }))).toBe(
      'other',
    );
  });

  test('the same outcome by another rule is another reason; the same verdict is no change', () => {
    const by = (rule: string) => side('deny', { fired: [rule], because: { kind: 'rule', rules: [rule] } });
    expect(changeOf(by('A'), by('B'))).toBe('reason');
    expect(changeOf(by('A'), by('A'))).toBe(null);
    expect(changeOf({ ...by('A'), type: 'no-rule' }, by('A'))).toBe('lose');
  });
});

describe('the condition that turned', () => {
  test('is the threshold that was moved, with what it asked before and asks now', () => {
    const base = loadRuleset(libraryDocument('conclusion.diploma'));
    const draft = loadRuleset(
      withLeaf(libraryDocument('conclusion.diploma'), 'DP-1.internship', (leaf) => (leaf.value = 7)),
    );
    const facts = base.doc.tests.base;
    const turned = turnedNodes(
      { loaded: base, verdict: decide(base, facts), facts },
      { loaded: draft, verdict: decide(draft, facts), facts },
    );
    expect(turned[0]).toMatchObject({
      rule: 'DP-1',
      node: 'DP-1.internship',
      before: { truth: 'true', value: 6 },
      after: { truth: 'false', value: 7 },
    });
  });
});

describe('the sample of the second opinion', () => {
  const drawn = (stratum: string, count: number): Drawn[] =>
    Array.from({ length: count }, (_, i) => ({
      stratum,
      ref: `${stratum}${i}`,
      priority: priorityOf(7, `${stratum}${i}`),
    }));

  test('is all there are up to its size', () => {
    expect(drawSample([...drawn('a', 3), ...drawn('b', 4)], { a: 3, b: 4 }, 500)).toHaveLength(7);
  });

  test('beyond that takes of each kind by its share, at least one, and fills up', () => {
    const sample = drawSample([...drawn('a', 990), ...drawn('b', 9), ...drawn('c', 1)], { a: 990, b: 9, c: 1 }, 100);
    const count = (stratum: string): number => sample.filter((one) => one.stratum === stratum).length;
    expect([sample.length, count('c'), count('b') >= 1]).toEqual([100, 1, true]);
  });

  test('is the same however the cohort is cut into pages, and another under another seed', () => {
    const all = drawn('a', 2000);
    const whole = drawSample(lowest(all, 500), { a: 2000 }, 500);
    const pages = [0, 1, 2, 3].flatMap((page) => lowest(all.slice(page * 500, page * 500 + 500), 500));
    const refs = (sample: readonly Drawn[]): string[] => sample.map(({ ref }) => ref);
    expect(refs(drawSample(pages, { a: 2000 }, 500))).toEqual(refs(whole));
    const other = all.map((one) => ({ ...one, priority: priorityOf(8, one.ref) }));
    expect(refs(drawSample(other, { a: 2000 }, 500))).not.toEqual(refs(whole));
  });
});

describe('the counts of a preview', () => {
  const compared = (target: string, change: Compared['change']): Compared => ({
    ...{
      purpose: 'p',
      target,
      programmeId: 'prg',
      classId: 'cls',
      from: 'deny',
      to: change === null ? 'deny' : 'grant',
      change,
    },
    ...{ rulesBefore: ['s#A'], rulesAfter: change === null ? ['s#A'] : ['s#B'] },
  });

  test('stand for students, verdicts, rules, places and both certificates side by side', () => {
    const tally = emptyTally();
    countStudent(tally, [compared('diploma', 'gain'), compared('skill/four', 'lose'), compared('skill/three', 'gain')]);
    countStudent(tally, [compared('diploma', null)]);
    expect(tally).toMatchObject({
      students: 2,
      studentsChanged: 1,
      subjects: 4,
      changes: { gain: 2, lose: 1, other: 0, reason: 0 },
      rules: { 's#A': { gained: 0, lost: 3 }, 's#B': { gained: 3, lost: 0 } },
      certificates: { gain: { lose: 1 } },
      matrix: { p: { deny: { grant: 3, deny: 1 } } },
    });
  });

  test('of pages add up', () => {
    const part = emptyTally();
    countStudent(part, [compared('diploma', 'gain')]);
    expect(mergeTallies([part, emptyTally(), part])).toMatchObject({
      students: 2,
      classes: { cls: { gain: 2 } },
      matrix: { p: { deny: { grant: 2 } } },
    });
  });
});
