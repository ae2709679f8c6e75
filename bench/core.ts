import { benchActivities } from './core/activities.ts';
import { benchCohort } from './core/cohort-verdicts.ts';
import { benchCommands } from './core/commands.ts';
import { benchFirstLoad } from './core/first-load.ts';
import { benchIdle } from './core/idle.ts';
import { benchLife } from './core/life.ts';
import { inSystem } from './core/place.ts';
import type { Bench, BenchContext, Figure } from './figure.ts';

type Part = (context: BenchContext) => Promise<Figure[]>;

/** Each part starts its own product, so that none stands in another's way. */
const parts: Readonly<Record<string, Part>> = {
  idle: () => inSystem((system) => benchIdle(system)),
  'first-load': () => inSystem((system, dataDir) => benchFirstLoad(system, dataDir)),
  commands: () => inSystem((system, dataDir) => benchCommands(system, dataDir)),
  activities: () => inSystem((system) => benchActivities(system)),
  cohort: ({ say }) => benchCohort(say),
  life: () => benchLife(),
};

/** What the main job costs: commands, activities, verdicts, imports, memory, the first page. */
export const coreBench: Bench = {
  name: 'core',
  async run(context) {
    for (const [name, part] of Object.entries(parts)) {
      if (context.only !== undefined && context.only !== name) continue;
      context.say(name);
      for (const figure of await part(context)) context.print(figure);
    }
  },
};
