import { z } from 'zod';
import { Id } from '../ids.ts';
import { Json } from './common.ts';
import { DifferenceView, RuleFault } from './rule-drafts.ts';

export const ReadTableInput = z.strictObject({ id: Id });
export const TableReadView = z
  .strictObject({
    unchanged: z.boolean().describe('It says what the draft says already'),
    faults: z.array(RuleFault).describe('All cells that cannot be read, and all that is wrong with the document then'),
    document: Json.describe(
      'The draft with the rows of the workbook; nothing is saved. Null where cells cannot be read',
    ),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.string()),
    difference: DifferenceView.nullable().describe('What would come out differently from the draft as it is'),
  })
  .meta({ id: 'RuleTableRead' });
