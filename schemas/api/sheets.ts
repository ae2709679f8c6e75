import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate } from '../text.ts';
import { pageInput, pageOf } from './common.ts';
import { Level, Named } from './verdicts.ts';

export const SheetState = z.enum(['empty', 'draft', 'submitted', 'locked', 'archived']).meta({ id: 'SheetState' });
export const MarkName = z.enum(['deferred', 'waived', 'absent', 'cheated', 'disqualified']).meta({ id: 'Mark' });
const course = z.strictObject({ id: Id, code: z.string(), name: z.string() });
const reason = z.string().trim().min(1).max(500);

const Head = z.strictObject({
  id: Id,
  offeringId: Id,
  course,
  class: Named,
  term: z.strictObject({ id: Id, code: z.string() }),
  teacher: Named.nullable(),
  attempt: z.int().describe('1; 2 and more are resits (补考)'),
  dueOn: LegalDate,
  overdue: z.boolean().describe('Past its day and not yet submitted'),
  state: SheetState,
  unlockAsked: z.boolean(),
  reason: z.string().nullable().describe('Of the last return or refusal, for whoever has to act on it'),
  since: z.string(),
  students: z.int(),
  entered: z.int().describe('Students with at least one score or mark'),
  version: z.int(),
});
export const SheetItem = Head.meta({ id: 'ScoreSheetItem' });
export type SheetItem = z.infer<typeof SheetItem>;
export const SheetPage = pageOf(SheetItem);
export const ListSheetsInput = z.strictObject({
  ...pageInput,
  term: Id.optional(),
  class: Id.optional(),
  course: Id.optional(),
  state: z
    .enum(['current', 'open', 'submitted', 'locked', 'archived'])
    .optional()
    .describe('`open`: empty or draft; `current`: all but the archived'),
  mine: z.stringbool().optional().describe('Only those I teach'),
});
export type ListSheetsInput = z.infer<typeof ListSheetsInput>;

export const ComponentView = z
  .strictObject({
    id: Id,
    ordinal: z.int(),
    name: z.string(),
    kind: z.enum(['process', 'midterm', 'practical', 'theory', 'project', 'final']),
    weight: z.int().describe('Hundredths of a percent'),
    maxScore: z.int().describe('Tenths of a point'),
    unitId: Id.nullable(),
  })
  .meta({ id: 'SchemeComponent' });

const Value = z.strictObject({ value: z.int().nullable(), mark: MarkName.nullable() });
const Cell = Value.extend({
  componentId: Id.nullable().describe('null: a course total that was imported'),
  recorded: Value.extend({ version: z.int() }).nullable().describe('What stands on record; null before submission'),
});

export const SheetView = Head.extend({
  components: z.array(ComponentView),
  open: z.union([z.enum(['all', 'none']), z.array(Id)]).describe('Rows that may be entered now'),
  request: z
    .strictObject({ by: Named, at: z.string(), reason: z.string().nullable(), rows: z.array(Id) })
    .nullable()
    .describe('An unlock request nobody has answered'),
  rows: z.array(
    z.strictObject({
      enrolmentId: Id,
      studentNo: z.string(),
      name: z.string(),
      cells: z.array(Cell),
      result: z
        .strictObject({
          kind: z.enum(['result', 'waived', 'missing']),
          value: z.int().nullable(),
          mark: MarkName.nullable(),
        })
        .describe('What these cells come to; hundredths of a point'),
    }),
  ),
  events: z.array(z.strictObject({ kind: z.string(), at: z.string(), by: Named, reason: z.string().nullable() })),
}).meta({ id: 'ScoreSheet' });
export type SheetView = z.infer<typeof SheetView>;

const score = {
  enrolmentId: Id,
  value: z.int().nullable().default(null).describe('Tenths of a point'),
  mark: MarkName.nullable().default(null),
};
const DraftCell = z.strictObject({ ...score, componentId: Id }).describe('Without score and mark the cell is emptied');
export const SaveScoresInput = z
  .strictObject({
    id: Id,
    mode: z.enum(['replace', 'merge']).default('merge').describe('`replace`: these cells are the whole draft'),
    cells: z.array(DraftCell).max(10_000),
  })
  .meta({ id: 'SaveScores' });
export const SheetActed = z.strictObject({ sheet: Id, version: z.int() }).meta({ id: 'SheetActed' });
export const SheetSubmitted = SheetActed.extend({ scores: z.int().describe('Scores that became events') });
export const ScoreCorrected = SheetActed.extend({ scoreVersion: z.int() });
export const ReturnInput = z.strictObject({ id: Id, reason });
export const UnlockInput = z.strictObject({ id: Id, rows: z.array(Id).min(1).max(500), reason });
export const UnlockAnswerInput = z.strictObject({
  id: Id,
  answer: z.enum(['approved', 'refused']),
  reason: reason.optional().describe('Needed for a refusal'),
});
export const CorrectInput = z
  .strictObject({ id: Id, ...score, componentId: Id.nullable().describe('null: an imported course total'), reason })
  .meta({ id: 'CorrectScore' });

export const OpenTermInput = z
  .strictObject({
    id: Id,
    teachers: z
      .record(z.string().max(120), Id)
      .default({})
      .describe('Users by course code, or by `code/class name` where one class has another teacher'),
    dueOn: LegalDate.optional().describe("The sheets' last day; the term's last day unless told"),
  })
  .meta({ id: 'OpenTerm' });
export const CourseList = z.strictObject({ items: z.array(course) }).meta({ id: 'CourseList' });
export type CourseList = z.infer<typeof CourseList>;
export const TeacherList = z.strictObject({ items: z.array(Named) }).meta({ id: 'TeacherList' });
export type TeacherList = z.infer<typeof TeacherList>;
export const TermOpened = z.strictObject({ term: Id, offerings: z.int(), sheets: z.int(), rows: z.int() });
export const OpenResitInput = z.strictObject({ id: Id.describe('The offering'), dueOn: LegalDate });
export const ResitOpened = z.strictObject({ sheet: Id, attempt: z.int(), students: z.int() });

export const SchemeView = z
  .strictObject({
    id: Id,
    version: z.int(),
    createdAt: z.string(),
    createdBy: z.string().nullable(),
    components: z.array(ComponentView),
  })
  .meta({ id: 'Scheme' });
export type SchemeView = z.infer<typeof SchemeView>;
export const SchemeList = z.strictObject({
  course,
  mayDefine: z.boolean().describe('Whether the reader may define a further version'),
  units: z
    .array(
      z.strictObject({
        id: Id,
        name: z.string(),
        level: Level,
        standard: Named.describe('The occupational standard'),
        coverage: z.int().describe('Of the unit, by this course; hundredths of a percent'),
      }),
    )
    .describe('Standard units the course is mapped to: what a component may stand for'),
  items: z.array(SchemeView),
});
export type SchemeList = z.infer<typeof SchemeList>;
export const DefineSchemeInput = z
  .strictObject({
    id: Id.describe('The course'),
    components: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(40),
          kind: z.enum(['process', 'midterm', 'practical', 'theory', 'project', 'final']),
          weight: z.int().min(1).max(10_000).describe('Hundredths of a percent; all together 10000'),
          maxScore: z.int().min(10).max(10_000).default(1000).describe('Tenths of a point'),
          unitId: Id.optional(),
        }),
      )
      .min(1)
      .max(20),
  })
  .meta({ id: 'DefineScheme' });
export const SchemeDefined = z.strictObject({
  scheme: Id,
  version: z.int(),
  offerings: z.int().describe('Offerings not begun yet, which follow it'),
});
