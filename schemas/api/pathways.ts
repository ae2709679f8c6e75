import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate } from '../text.ts';
import { PathwayView } from './verdicts.ts';

export const OnePathway = PathwayView.extend({
  studentId: Id,
  studentName: z.string(),
  studentNo: z.string(),
  asOf: z.string(),
}).meta({ id: 'OnePathway' });
export type OnePathway = z.infer<typeof OnePathway>;

export const ForPathway = z.strictObject({ id: Id });
export const Applied = z.strictObject({ pathway: Id, appliedOn: LegalDate });
export const AuditAsked = z.strictObject({ pathway: Id, point: Id });
export const SignOffInput = z
  .strictObject({
    id: Id,
    answer: z.enum(['approved', 'refused']),
    reason: z.string().trim().min(1).max(500).optional().describe('Needed for a refusal'),
  })
  .meta({ examples: [{ answer: 'refused', reason: '照片与本人不符，请核对后重新审核' }] });
export const SignedOff = z.strictObject({ signOff: Id, pathway: Id });
