import type { Bench, BenchContext, Figure } from './figure.ts';
import { benchAnalysis } from './rules/analysis.ts';
import { benchEvaluators } from './rules/evaluators.ts';
import { benchPreview } from './rules/preview.ts';
import { benchRefusing } from './rules/refusing.ts';

type Part = (context: BenchContext) => Promise<Figure[]> | Figure[];

const parts: Readonly<Record<string, Part>> = {
  evaluators: ({ say }) => benchEvaluators(say),
  analysis: ({ say }) => benchAnalysis(say),
  preview: ({ say }) => benchPreview(say),
  refusing: () => benchRefusing(),
};

/** What rules cost: deciding, proving, previewing, and refusing what means harm. */
export const rulesBench: Bench = {
  name: 'rules',
  async run(context) {
    for (const [name, part] of Object.entries(parts)) {
      if (context.only !== undefined && context.only !== name) continue;
      context.say(name);
      for (const figure of await part(context)) context.print(figure);
    }
  },
};
