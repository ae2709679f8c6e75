import { readFileSync } from 'node:fs';
import { readTx } from '../../db/read-tx.ts';
import { conductorOf } from '../../bin/conductor.ts';
import { loadOperation } from '../../register/operations/run-page.ts';
import type { Register } from '../../register/register.ts';
import { collegeTime } from '../../register/college/clock.ts';
import { comparePairs, readStudents } from '../../register/previews/compare.ts';
import type { Ground, Pair, Read } from '../../register/previews/compare.ts';
import { openBooks } from '../../register/previews/books.ts';
import type { PreviewResult } from '../../register/previews/conclude.ts';
import { startPreview } from '../../register/previews/start-preview.ts';
import { boundTo, wantedBy } from '../../register/previews/wanted.ts';
import { canonicalJson } from '../../rules/canonical.ts';
import { equalVerdicts } from '../../rules/preview.ts';
import { decide, decideByReference } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { giveScores, commit, dryRun, STUDENTS, writeLargeWorkbook } from '../core/large-cohort.ts';
import { inRegister } from '../core/place.ts';
import type { Place } from '../core/place.ts';
import type { Figure } from '../figure.ts';
import { figure, secondsSince } from '../figure.ts';
import { randomOf } from './random.ts';

const RULES = 50;
const MILLION = 1_000_000;
const ASKED_BY_REFERENCE = 300;
const PAGE = 1000;

/** Whom a change of one threshold of fifty rules changes, among 20,000 students of the register and among a million made up. */
export async function benchPreview(say: (line: string) => void): Promise<Figure[]> {
  return inRegister(async (place) => {
    say(`importing ${STUDENTS} students and their results`);
    await commit(place, await dryRun(place, writeLargeWorkbook(place.dataDir)));
    await giveScores(place);
    await giveTheRest(place);
    await publishStraight(place, diplomaDocument(6));
    const draft = loadRuleset({ ...diplomaDocument(5), revision: 3 });
    say('previewing');
    const whole = await benchWhole(place, draft);
    say('deciding from memory');
    return [...whole, ...(await benchDecisions(place, draft, say))];
  });
}

/** Started, carried out page by page, second opinion and all, as the worker does it. */
async function benchWhole({ register, college }: Place, draft: LoadedRuleset): Promise<Figure[]> {
  const by = { userId: 'bench', collegeId: college, role: 'rule_editor' };
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { preview, operation, students } = await startPreview(register, {
    key: 'bench/preview',
    by,
    input: { document: draft.doc },
  });
  await carryOut(register, operation);
  const wall = secondsSince(began);
  const seconds = cpuSince(cpu);
  const row = await register.db.reader('preview_results').where({ preview_id: preview }).first('result');
  const { tally, oracle, crossCheck, problem } = JSON.parse(row.result) as PreviewResult;
  if (problem !== null || students !== STUDENTS - 1) throw new Error(`the preview failed: ${problem} ${students}`);
  const changed = Object.values(tally.changes).reduce((sum, count) => sum + count, 0);
  const against = [
    `${tally.students} students × ${RULES} rules × 2 revisions, read from the database`,
    `${changed} verdicts changed`,
    `json-rules-engine asked ${oracle.runs} times about ${oracle.changed} changed and ${oracle.unchanged} unchanged`,
    `${crossCheck?.checked ?? 0} held against the exact difference`,
    `CPU time, ${wall.toFixed(1)} s by the clock`,
  ].join('; ');
  return [figure({ name: 'preview_20k', value: seconds, unit: 's', atMost: 3, against })];
}

/** Seconds of processor this process took: what else the machine does stays out. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** What is due, one after another, as the workflow would. */
async function carryOut(register: Register, caseId: string): Promise<void> {
  const { perform } = conductorOf(register);
  const context = { heartbeat: () => undefined, signal: new AbortController().signal };
  for (;;) {
    const [next] = (await loadOperation(register, caseId)).due;
    if (!next) return;
    await perform[next.kind]({ caseId, opKey: next.opKey }, context);
  }
}

async function benchDecisions(place: Place, draft: LoadedRuleset, say: (line: string) => void): Promise<Figure[]> {
  const read = await readAll(place, draft);
  const pairs = read.flatMap((page) => comparePairs(page)); // warm
  const cpu = process.cpuUsage();
  for (const page of read) comparePairs(page);
  const seconds = cpuSince(cpu);
  const against = `${pairs.length} students × ${RULES} rules × 2 revisions, facts at hand, CPU time`;
  const reference = await benchReference(pairs);
  say('a million');
  return [
    figure({ name: 'preview_20k_evaluation', value: seconds, unit: 's', atMost: 0.5, against }),
    figure({
      ...{ name: 'preview_to_reference', value: (reference * pairs.length) / seconds, unit: '×', atLeast: 200 },
      against: `json-rules-engine on ${ASKED_BY_REFERENCE} of them, ${((reference * pairs.length) / 1).toFixed(0)} s projected`,
    }),
    ...benchMillion(read[0]!, pairs),
  ];
}

async function readAll({ register, college: collegeId }: Place, draft: LoadedRuleset): Promise<Read[]> {
  return readTx(register.db, async (tx) => {
    const time = await collegeTime(tx, register.systemClock, collegeId);
    const bound = await boundTo(tx, { collegeId, ruleSet: draft.doc.id, on: time.today });
    const books = await openBooks(tx, { collegeId, knownAt: time.now, draft });
    const ground: Ground = { books, time, appliedOn: time.today, wanted: wantedBy(bound), factsDiffer: false };
    const students: string[] = await tx('enrolments').where({ college_id: collegeId }).orderBy('id').pluck('id');
    const pages: Read[] = [];
    for (let at = 0; at < students.length; at += PAGE)
      pages.push(await readStudents(tx, ground, students.slice(at, at + PAGE)));
    return pages;
  });
}

/** Seconds a student, both revisions. */
async function benchReference(pairs: readonly Pair[]): Promise<number> {
  const asked = pairs.slice(0, ASKED_BY_REFERENCE);
  const cpu = process.cpuUsage();
  for (const { before, after } of asked)
    for (const { selected, facts } of [before, after])
      if ('loaded' in selected) await decideByReference(selected.loaded, facts);
  return cpuSince(cpu) / asked.length;
}

/** A million students one after another, as pages would bring them: facts made up at hand, then both revisions. */
function benchMillion(page: Read, pairs: readonly Pair[]): Figure[] {
  const [base, draft] = [loadedOf(pairs[0]!.before.selected), loadedOf(pairs[0]!.after.selected)];
  const random = randomOf(7);
  const shape = page.pathways.base[0]!.facts;
  let [seconds, changed, peak] = [0, 0, 0];
  for (let done = 0; done < MILLION; done += PAGE) {
    const made = Array.from({ length: PAGE }, () => ({
      ...shape,
      studyMonths: random(70),
      coursesFailed: random(12),
      creditsShort: random(300),
      electiveCreditsShort: random(80),
      internshipMonths: random(12),
      disciplineOpen: random(20) === 0,
    }));
    const cpu = process.cpuUsage();
    for (const facts of made) {
      const [before, after] = [decide(base, facts), decide(draft, facts)];
      if (!equalVerdicts(before, after)) changed += 1;
    }
    seconds += cpuSince(cpu);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const against = `${MILLION} made-up students × ${RULES} rules × 2 revisions, ${changed} changed, CPU time`;
  return [
    figure({ name: 'preview_1m_evaluation', value: seconds, unit: 's', atMost: 20, against }),
    figure({
      name: 'preview_1m_memory',
      value: peak / 1024 ** 2,
      unit: 'MB',
      atMost: 1024,
      against: 'this process at most',
    }),
  ];
}

function loadedOf(selected: Pair['before']['selected']): LoadedRuleset {
  if (!('loaded' in selected)) throw new Error('no rule answered');
  return selected.loaded;
}

/** The library's conclusion on the diploma, told in fifty rules of six leaves: the first that holds decides. `months` of internship are asked by the first. */
export function diplomaDocument(months: number): Ruleset {
  const file = new URL('../../rules/library/conclusion.diploma.json', import.meta.url);
  const library = parseStrictJson(readFileSync(file, 'utf8')) as Ruleset;
  const grant = library.rules[0]!;
  const rules = Array.from({ length: RULES }, (_, i): Ruleset['rules'][number] => {
    const name = `B${i + 1}`;
    const leaf = (suffix: string, fact: string, [operator, value]: [string, unknown]) => ({
      ...{ name: `${name}.${suffix}`, fact, operator, value },
    });
    const all = [
      leaf('status', 'enrolmentStatus', ['in', ['enrolled', 'graduated']]),
      leaf('within', 'studyMonths', ['lessThanInclusive', 60 - (i % 5)]),
      leaf('discipline', 'disciplineOpen', ['equal', false]),
      leaf('courses', 'coursesFailed', ['lessThanInclusive', i % 10]),
      leaf('credits', 'creditsShort', ['lessThanInclusive', 20 * Math.floor(i / 10)]),
      leaf('internship', 'internshipMonths', ['greaterThanInclusive', i === 0 ? months : 6 - (i % 3)]),
    ];
    const event = i % 10 === 0 ? grant.event : { type: 'deny' };
    return { name, conditions: { all }, event } as unknown as Ruleset['rules'][number];
  });
  const { explain: _, ...rest } = library;
  const notes = Object.fromEntries(
    rules.map(({ name }) => [name, { title: { 'zh-CN': name, en: name }, cites: ['S1/1'] }]),
  );
  const tests = { base: library.tests.base, cases: [{ name: 'base', facts: {}, expect: { type: 'grant' } }] };
  return {
    ...rest,
    revision: 2,
    decision: { ...library.decision, combine: 'first' },
    rules,
    notes,
    tests,
  } as unknown as Ruleset;
}

/** What else a diploma asks about is on record for all but one in twenty, as towards the end of a programme. */
async function giveTheRest({ register }: Place): Promise<void> {
  const { writer } = register.db;
  await writer.raw('UPDATE enrolments SET internship_months = 3 + abs(random() % 5), discipline_open = 0');
  await writer.raw('UPDATE enrolments SET internship_months = NULL WHERE abs(random() % 20) = 0');
}

/** In force at once: what is measured is the preview of the next revision, not how this one came to be. */
export async function publishStraight({ register, college }: Place, document: Ruleset): Promise<void> {
  const { doc, hash } = loadRuleset(document);
  const id = register.newId('ruleRevision');
  const { writer } = register.db;
  const { now: at } = await readTx(register.db, (tx) => collegeTime(tx, register.systemClock, college));
  await writer('rule_revisions').insert({
    ...{ id, college_id: college, rule_set: doc.id, revision: doc.revision, hash, document: canonicalJson(doc) },
    ...{ valid_from: doc.validity.from, valid_to: doc.validity.to, author_id: 'bench', frozen_at: at },
  });
  const event = { revision_id: id, kind: 'published', reason: null, actor_id: 'bench', at };
  await writer('rule_events').insert({ id: register.newId('event'), ...event });
}
