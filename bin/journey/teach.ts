import type { EventAct } from '../../demo/acts.ts';
import { rowsOf } from '../../demo/independent/files.ts';
import { scoreMarks } from '../../schemas/import-choices.ts';
import type { Client } from './client.ts';
import { Refused } from './client.ts';
import type { Term, World } from './world.ts';
import { hasFile } from './world.ts';

interface SheetItem {
  id: string;
  offeringId: string;
  course: { code: string };
  attempt: number;
  state: string;
  teacher: { id: string } | null;
}

interface Sheet extends SheetItem {
  version: number;
  components: { id: string; name: string }[];
  rows: { enrolmentId: string; studentNo: string }[];
}

interface Cell {
  enrolmentId: string;
  componentId: string;
  value: number | null;
  mark: string | null;
}

/** What a teacher has on paper: by course, student and component. */
type Paper = ReadonlyMap<string, { value: number | null; mark: string | null }>;

const paperKey = (course: string, student: string, component: string): string => `${course}/${student}/${component}`;

function readPaper({ folder }: World, name: string): Paper {
  return new Map(
    rowsOf(folder, name).map((row) => [
      paperKey(row.课程代码 ?? '', row.学号 ?? '', row.考核项目 ?? ''),
      {
        value: row.成绩 === undefined ? null : Math.round(Number(row.成绩) * 10),
        mark: scoreMarks.find(({ title }) => title['zh-CN'] === row.标记)?.value ?? null,
      },
    ]),
  );
}

/** Opens the term: offerings and sheets for every class, each course with its teacher. */
export async function openTerm({ people, acts }: World, term: Term): Promise<void> {
  const teachers = Object.fromEntries(
    acts.schemes.map(({ courseCode }, index) => [courseCode, people.teachers[index % people.teachers.length]?.id]),
  );
  await people.registrar.post(`/v1/terms/${term.id}/open`, { teachers });
}

/** Teachers fill their sheets from the workbook and submit; the office accepts. Answers how many sheets. */
export async function teachTerm(world: World, term: Term, number: number): Promise<number> {
  const paper = readPaper(world, `sheets-term-${number}.xlsx`);
  const sheets = await openSheets(world, term, 1);
  await fillAll(world, sheets, paper);
  await world.rest();
  return sheets.length;
}

/** Resits: whoever failed sits again, on a sheet of their own. */
export async function holdResits(world: World, term: Term, number: number): Promise<number> {
  const name = `resits-term-${number}.xlsx`;
  if (!hasFile(world, name)) return 0;
  const first = await sheetsOf(world, term);
  const { endsOn: dueOn } = term;
  for (const { offeringId } of first.filter(({ attempt }) => attempt === 1)) await openResit(world, offeringId, dueOn);
  const sheets = await openSheets(world, term, 2);
  await fillAll(world, sheets, readPaper(world, name));
  await world.rest();
  return sheets.length;
}

/** Where everybody has passed there is nothing to open, and the register says so. */
async function openResit({ people }: World, offeringId: string, dueOn: string): Promise<void> {
  await people.registrar.post(`/v1/offerings/${offeringId}/resit-sheets`, { dueOn }).catch((err: unknown) => {
    if (!(err instanceof Refused) || err.refusal.code !== 'nobody_to_resit') throw err;
  });
}

async function sheetsOf({ people }: World, term: Term): Promise<SheetItem[]> {
  return people.registrar.list<SheetItem>(`/v1/score-sheets?term=${term.id}`);
}

async function openSheets(world: World, term: Term, attempt: number): Promise<SheetItem[]> {
  const sheets = await sheetsOf(world, term);
  return sheets.filter((sheet) => sheet.attempt === attempt && (sheet.state === 'empty' || sheet.state === 'draft'));
}

/** All drafts first, then all submissions close together: the nudges of a class become few. */
async function fillAll(world: World, sheets: readonly SheetItem[], paper: Paper): Promise<void> {
  const drafts: { sheet: SheetItem; client: Client; version: number }[] = [];
  for (const sheet of sheets) {
    const client = teacherOf(world, sheet);
    drafts.push({ sheet, client, version: await draft(client, sheet, paper) });
  }
  await Promise.all(
    drafts.map(({ sheet, client, version }) => client.post(`/v1/score-sheets/${sheet.id}/submit`, {}, version)),
  );
  for (const { sheet } of drafts) {
    const { version } = await world.people.registrar.get<Sheet>(`/v1/score-sheets/${sheet.id}`);
    await world.people.registrar.post(`/v1/score-sheets/${sheet.id}/accept`, {}, version);
  }
}

function teacherOf({ people }: World, { teacher }: SheetItem): Client {
  const found = people.teachers.find(({ id }) => id === teacher?.id) ?? people.teachers[0];
  if (!found) throw new Error('nobody teaches');
  return found.client;
}

async function draft(client: Client, { id }: SheetItem, paper: Paper): Promise<number> {
  const sheet = await client.get<Sheet>(`/v1/score-sheets/${id}`);
  const cells: Cell[] = sheet.rows.flatMap(({ enrolmentId, studentNo }) =>
    sheet.components.flatMap((component) => {
      const written = paper.get(paperKey(sheet.course.code, studentNo, component.name));
      return written ? [{ enrolmentId, componentId: component.id, ...written }] : [];
    }),
  );
  const body = { mode: 'replace', cells };
  const { version } = await client.put<{ version: number }>(`/v1/score-sheets/${id}/scores`, body, sheet.version);
  return version;
}

/** A score that was entered wrong is corrected with its reason; both values stay on record. */
export async function correct(world: World, term: Term, act: Extract<EventAct, { what: 'correction' }>): Promise<void> {
  const sheets = await sheetsOf(world, term);
  const student = world.roll.get(act.studentNo);
  for (const item of sheets.filter(({ course, attempt }) => course.code === act.courseCode && attempt === 1)) {
    const client = teacherOf(world, item);
    const sheet = await client.get<Sheet>(`/v1/score-sheets/${item.id}`);
    const component = sheet.components.find(({ name }) => name === act.component);
    if (!component || !sheet.rows.some(({ enrolmentId }) => enrolmentId === student?.id)) continue;
    const change = { enrolmentId: student?.id, componentId: component.id, value: act.value, mark: null };
    await client.post(`/v1/score-sheets/${item.id}/corrections`, { ...change, reason: act.reason }, sheet.version);
  }
}
