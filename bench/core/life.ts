import { join } from 'node:path';
import { exec, projectRoot } from '../../bin/lib/host.mjs';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';

interface JourneyReport {
  students: number;
  activities: number;
  activitiesPerStudent: number;
  readsPerWakeUp: number;
  seconds: number;
}

/** The whole demo life, as the journey lives it: what Temporal's histories hold at its end. */
export async function benchLife(): Promise<Figure[]> {
  const script = join(projectRoot, 'dist/bin/journey.js');
  const { code, output } = await exec(process.execPath, [script, '--json']);
  const line = output.split('\n').findLast((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(`the journey ended with ${code}:\n${output}`);
  const report = JSON.parse(line) as JourneyReport; // the journey's own last line
  const against = `journey of ${report.students} students, ${report.activities} activities in all histories`;
  return [
    figure({
      name: 'activities_per_student',
      value: report.activitiesPerStudent,
      unit: 'activities',
      atMost: 45,
      against,
    }),
    figure({ name: 'reads_per_wake_up', value: report.readsPerWakeUp, unit: 'reads', atMost: 1, against }),
    figure({ name: 'journey', value: report.seconds, unit: 's', atMost: 300, against }),
  ];
}
