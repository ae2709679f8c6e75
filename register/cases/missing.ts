import type { Missing } from '../../rules/stage.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import type { FactDefinition } from '../../schemas/facts.ts';
import type { PathwayRow } from '../facts/rows.ts';

/** A score sheet on which this student stands and has no score yet. */
export interface OpenSheet {
  id: string;
  courseId: string;
  teacherId: string | null;
  dueOn: string;
  openedAt: string;
  reminded: number;
}

/** What each missing fact waits for: the sheets behind it where teachers supply it, else the role that does. */
export function missingFor(
  facts: readonly string[],
  { sheets, pathway }: { sheets: readonly OpenSheet[]; pathway: PathwayRow },
): Missing[] {
  return facts.flatMap((fact): Missing[] => {
    const definition: FactDefinition | undefined = (factCatalogue.pathway as Record<string, FactDefinition>)[fact];
    const role = definition?.suppliedBy ?? 'registrar';
    if (role !== 'teacher') return [{ fact, role, object: null, person: null, since: null, until: null }];
    if (sheets.length === 0)
      return [
        {
          fact,
          role: 'teacher' as const,
          object: { kind: 'plan', id: pathway.plan_id },
          person: null,
          since: null,
          until: null,
        },
      ];
    return sheets.map((sheet) => ({
      fact,
      role: 'teacher' as const,
      object: { kind: 'score_sheet', id: sheet.id },
      person: sheet.teacherId,
      since: sheet.openedAt,
      until: sheet.dueOn,
    }));
  });
}
