import { readTx } from '../../db/read-tx.ts';
import type { Register } from '../../register/register.ts';
import type { Acknowledged } from './client.ts';
import type { World } from './world.ts';

interface DraftScore {
  enrolmentId: string;
  componentId: string;
  value: number | null;
  mark: string | null;
}

/** Compares the client's own log with the register: whatever was submitted with a 2xx stands there with the same content. */
export async function acknowledgedScoresLost({
  register,
  acknowledged,
}: World): Promise<{ acknowledged: number; breaches: string[] }> {
  const drafts = new Map<string, DraftScore[]>();
  const submitted: { sheet: string; score: DraftScore }[] = [];
  for (const write of acknowledged) {
    const [, sheet = '', act = ''] = /^\/v1\/score-sheets\/([^/]+)\/(\w+)$/.exec(write.path) ?? [];
    if (act === 'scores') drafts.set(sheet, scoresOf(write));
    if (act === 'submit') submitted.push(...(drafts.get(sheet) ?? []).map((score) => ({ sheet, score })));
  }
  const stored = await readTx(register.db, async (tx) => {
    const rows: StoredScore[] = await tx('score_events').select(
      'sheet_id',
      'enrolment_id',
      'component_id',
      'value',
      'mark',
    );
    return new Set(rows.map((row) => contentOf(row)));
  });
  const lost = submitted.filter(({ sheet, score }) => !stored.has(keyOf(sheet, score)));
  return {
    acknowledged: submitted.length,
    breaches: lost.map(
      ({ sheet, score }) => `acknowledged score lost: ${sheet}/${score.enrolmentId}/${score.componentId}`,
    ),
  };
}

interface StoredScore {
  sheet_id: string;
  enrolment_id: string;
  component_id: string | null;
  value: number | null;
  mark: string | null;
}

function scoresOf({ body }: Acknowledged): DraftScore[] {
  return (body as { cells: DraftScore[] }).cells; // as teach.ts wrote it
}

const contentOf = (row: StoredScore): string =>
  [row.sheet_id, row.enrolment_id, row.component_id, row.value, row.mark].join('/');
const keyOf = (sheet: string, { enrolmentId, componentId, value, mark }: DraftScore): string =>
  [sheet, enrolmentId, componentId, value, mark].join('/');

/** A number that stands on two certificates; the constraint forbids it, the test looks all the same. */
export async function doubledNumbers(register: Register): Promise<string[]> {
  const numbers: string[] = await register.db.reader('certificates').pluck('number');
  const seen = new Set<string>();
  return numbers.flatMap((number) => {
    const again = seen.has(number);
    seen.add(number);
    return again ? [`number taken twice: ${number}`] : [];
  });
}
