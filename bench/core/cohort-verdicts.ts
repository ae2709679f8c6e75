import { readTx } from '../../db/read-tx.ts';
import { collegeTime } from '../../register/college/clock.ts';
import type { RuleBook } from '../../register/rules/rule-book.ts';
import { readGround, workOut, workOutAll } from '../../register/verdicts/work-out.ts';
import type { PathwayFacts } from '../../register/verdicts/work-out.ts';
import type { Figure } from '../figure.ts';
import { figure, secondsSince } from '../figure.ts';
import { importAlone } from './import-alone.ts';
import { giveScores, STUDENTS, writeLargeWorkbook } from './large-cohort.ts';
import type { Place } from './place.ts';
import { inRegister } from './place.ts';

const PAGE = 500;

/** Import of 20,000 students, then the verdicts of all their pathways. */
export async function benchCohort(say: (line: string) => void): Promise<Figure[]> {
  return inRegister(async (place) => {
    const { dataDir, college, users } = place;
    say(`importing ${STUDENTS} students`);
    const file = writeLargeWorkbook(dataDir);
    const cost = await importAlone({ dataDir, file, college, registrar: users.get('registrar') ?? '' });
    const against = `${cost.rows} rows, in a process of its own`;
    const imports = [
      figure({ name: 'import_dry_run', value: cost.dryRunSeconds, unit: 's', atMost: 10, against }),
      figure({ name: 'import_commit', value: cost.commitSeconds, unit: 's', atMost: 3, against }),
      figure({ name: 'import_peak_memory', value: cost.peakBytes / 1024 ** 2, unit: 'MB', atMost: 600, against }),
    ];
    say(`working out verdicts on ${await giveScores(place)} results`);
    return [...imports, ...(await benchVerdicts(place))];
  });
}

async function benchVerdicts({ register, college }: Place): Promise<Figure[]> {
  const pathways: { id: string; enrolment_id: string }[] = await register.db
    .reader('pathways')
    .orderBy(['enrolment_id', 'id'])
    .select('id', 'enrolment_id');
  const time = await readTx(register.db, (tx) => collegeTime(tx, register.systemClock, college));
  const kept: PathwayFacts[] = [];
  let book: RuleBook | undefined;
  const began = performance.now();
  for (let at = 0; at < pathways.length; at += PAGE * 3) {
    const pathwayIds = pathways.slice(at, at + PAGE * 3).map(({ id }) => id);
    const ground = await readTx(register.db, (tx) => readGround(tx, { collegeId: college, pathwayIds, time }));
    workOutAll(ground);
    book = ground.book;
    for (const { pathway, facts, noPolicy } of ground.read)
      kept.push({ pathway, facts, noPolicy, provenance: () => ({}) });
  }
  const fromDatabase = secondsSince(began);
  const against = `${pathways.length} pathways of ${STUDENTS} students, pages of ${PAGE} students`;
  return [
    figure({ name: 'verdicts_from_database', value: fromDatabase, unit: 's', atMost: 20, against }),
    figure({ name: 'verdicts_from_memory', value: inMemory(book, kept), unit: 's', atMost: 1, against }),
  ];
}

/** The rules alone: facts already at hand. */
function inMemory(book: RuleBook | undefined, facts: readonly PathwayFacts[]): number {
  if (!book) throw new Error('there were no pathways');
  const began = performance.now();
  for (const one of facts) workOut(book, one, 'conclusion');
  return secondsSince(began);
}
