import type { Client } from './client.ts';

type Target = 'diploma' | 'four' | 'three';

/** A student as the console lists them. */
export interface Student {
  id: string;
  no: string;
  pathways: Readonly<Record<Target, string>>;
  /** Stage of each pathway as last looked at, by pathway id. */
  stages: ReadonlyMap<string, string>;
}

interface StudentItem {
  id: string;
  studentNo: string;
  pathways: { id: string; type: 'diploma' | 'skill'; level: string | null; stage: string | null }[];
}

export type Roll = ReadonlyMap<string, Student>;

/** Every student by number, with their pathways. */
export async function readRoll(client: Client): Promise<Roll> {
  const items = await client.list<StudentItem>('/v1/students');
  return new Map(items.map((item) => [item.studentNo, studentOf(item)]));
}

function studentOf({ id, studentNo, pathways }: StudentItem): Student {
  const of = (target: Target) => pathways.find((one) => (one.level ?? one.type) === target)?.id ?? '';
  return {
    id,
    no: studentNo,
    pathways: { diploma: of('diploma'), four: of('four'), three: of('three') },
    stages: new Map(pathways.map((one) => [one.id, one.stage ?? 'unknown'])),
  };
}

/** One pathway as the student's page shows it, worked out at the moment of reading. */
export interface Standing {
  studentNo: string;
  target: Target;
  stage: string;
  verdict: string;
  missing: string[];
}

interface StudentPage {
  pathways: {
    type: 'diploma' | 'skill';
    level: string | null;
    stage: { name: string };
    verdict: { type: string; missing: string[] };
  }[];
}

const AT_ONCE = 4;

/** Both verdicts of everybody, read page by page as people read them. */
export async function readStandings(client: Client, roll: Roll): Promise<Standing[]> {
  const waiting = [...roll.values()];
  const found: Standing[] = [];
  const reader = async (): Promise<void> => {
    for (let student = waiting.shift(); student; student = waiting.shift()) {
      const page = await client.get<StudentPage>(`/v1/students/${student.id}`);
      for (const { type, level, stage, verdict } of page.pathways) {
        // targets of the demo's plan
        const target = (level ?? type) as Target;
        found.push({
          studentNo: student.no,
          target,
          stage: stage.name,
          verdict: verdict.type,
          missing: verdict.missing,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return found.sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

export const keyOf = ({ studentNo, target }: Pick<Standing, 'studentNo' | 'target'>): string =>
  `${studentNo}/${target}`;
