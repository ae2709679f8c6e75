import { computeVerdicts } from '../../demo/independent/compute.ts';
import type { Standing } from './roll.ts';
import { keyOf } from './roll.ts';

const verdicts: Readonly<Record<string, string>> = {
  grant: 'granted',
  deny: 'denied',
  undetermined: 'undetermined',
  refer: 'undetermined',
};

/** Where the product and the second computation from the workbooks differ, a sentence each. */
export function disagreements(folder: string, standings: readonly Standing[]): string[] {
  const ours = new Map(standings.map((one) => [keyOf(one), one]));
  return computeVerdicts(folder).flatMap(({ studentNo, ...conclusions }) =>
    (['diploma', 'four', 'three'] as const).flatMap((target) => {
      const { verdict, reasons } = conclusions[target];
      const standing = ours.get(keyOf({ studentNo, target }));
      const found = standing ? (verdicts[standing.verdict] ?? standing.verdict) : 'not there';
      if (found === verdict) return [];
      const why = [...reasons, ...(standing?.missing ?? []).map((fact) => `missing ${fact}`)].join(', ');
      return [`${studentNo} ${target}: register ${found}, workbooks ${verdict} (${why})`];
    }),
  );
}
