import type { SheetView } from '../../schemas/api/sheets.ts';
import type { Text } from '../../schemas/text.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { readSheet } from './read-sheet.ts';

export interface SheetToPrint {
  sheet: SheetView;
  college: { name: Text; example: boolean };
  /** Tenths of a credit. */
  credits: number;
  submittedAt: string | null;
  printedAt: string;
}

/** Everything the printed sheet shows. */
export async function readSheetToPrint(register: Register, by: Principal, id: string): Promise<SheetToPrint> {
  const sheet = await readSheet(register, by, id);
  const { reader } = register.db;
  const college = await reader('colleges')
    .where({ id: collegeOf(by) })
    .first<{ name_zh: string; name_en: string; demo: number }>('name_zh', 'name_en', 'demo');
  const inPlan = await reader('score_sheets as h')
    .join('offerings as o', 'o.id', 'h.offering_id')
    .join('plan_courses as x', (on) => void on.on('x.plan_id', 'o.plan_id').andOn('x.course_id', 'o.course_id'))
    .where('h.id', id)
    .first<{ credits: number } | undefined>('x.credits');
  return {
    sheet,
    college: { name: { 'zh-CN': college.name_zh, en: college.name_en }, example: Boolean(college.demo) },
    credits: Number(inPlan?.credits ?? 0),
    submittedAt: sheet.events.filter(({ kind }) => kind === 'submitted').at(-1)?.at ?? null,
    printedAt: register.systemClock.now(),
  };
}
