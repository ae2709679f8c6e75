import { renderScoreSheet } from '../../documents/pdf/score-sheet.ts';
import type { ScoreSheetPrint } from '../../documents/pdf/score-sheet.ts';
import { correctScore } from '../../register/teaching/correct-score.ts';
import { defineScheme } from '../../register/teaching/define-scheme.ts';
import { listCourses } from '../../register/teaching/list-courses.ts';
import { listSheets } from '../../register/teaching/list-sheets.ts';
import { listTeachers } from '../../register/teaching/list-teachers.ts';
import { openResitSheet } from '../../register/teaching/open-resit.ts';
import { openTerm } from '../../register/teaching/open-term.ts';
import { readSheetToPrint } from '../../register/teaching/print-sheet.ts';
import type { SheetToPrint } from '../../register/teaching/print-sheet.ts';
import { listSchemes } from '../../register/teaching/read-schemes.ts';
import { readSheet } from '../../register/teaching/read-sheet.ts';
import { saveDraft } from '../../register/teaching/save-draft.ts';
import {
  acceptSheet,
  archiveSheet,
  decideUnlock,
  requestUnlock,
  returnSheet,
} from '../../register/teaching/sheet-acts.ts';
import {
  requireCourseInScope,
  requireOfferingInScope,
  requireSheetInScope,
} from '../../register/teaching/sheet-scope.ts';
import { submitSheet } from '../../register/teaching/submit-sheet.ts';
import { ById, Nothing } from '../../schemas/api/common.ts';
import {
  CorrectInput,
  CourseList,
  DefineSchemeInput,
  ListSheetsInput,
  OpenResitInput,
  OpenTermInput,
  ResitOpened,
  ReturnInput,
  SaveScoresInput,
  SchemeDefined,
  SchemeList,
  ScoreCorrected,
  SheetActed,
  SheetPage,
  SheetSubmitted,
  SheetView,
  TeacherList,
  TermOpened,
  UnlockAnswerInput,
  UnlockInput,
} from '../../schemas/api/sheets.ts';
import { media } from '../answers.ts';
import type { Route, RouteContext } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['score-sheets'];

const list = defineRoute({
  method: 'get',
  path: '/v1/score-sheets',
  permission: 'score_sheets.read',
  input: ListSheetsInput,
  output: SheetPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '成绩单列表', en: 'List score sheets' },
  handle: ({ register, by, input }) => listSheets(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/score-sheets/{id}',
  permission: 'score_sheets.read',
  input: ById,
  output: SheetView,
  refuses: [],
  versioned: 'etag',
  tags,
  summary: { 'zh-CN': '成绩单', en: 'A score sheet with its rows' },
  handle: ({ register, by, input }) => readSheet(register, by, input.id),
});

const print = defineRoute({
  method: 'get',
  path: '/v1/score-sheets/{id}/print',
  permission: 'score_sheets.print',
  input: ById,
  output: media.file,
  refuses: ['sheet_not_submitted', 'glyph_missing'],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '打印成绩单（PDF）', en: 'The score sheet as PDF' },
  handle: async ({ register, by, input }) => {
    const found = await readSheetToPrint(register, by, input.id);
    const { course, class: ofClass } = found.sheet;
    const name = `${course.name}-${ofClass.name}.pdf`;
    return { contentType: 'application/pdf', body: await renderScoreSheet(printOf(found)), name, inline: true };
  },
});

function printOf({ sheet, college, credits, submittedAt, printedAt }: SheetToPrint): ScoreSheetPrint {
  const { id, version, state, components, rows, attempt } = sheet;
  const isTotal = rows.some(({ cells }) => cells.some(({ componentId }) => componentId === null));
  return {
    college,
    sheet: { id, version, state, submittedAt },
    course: { code: sheet.course.code, name: sheet.course.name, credits },
    className: sheet.class.name,
    term: sheet.term.code,
    teacher: sheet.teacher?.name ?? '',
    components: isTotal
      ? [{ title: '总评', weight: 10_000 }]
      : components.map(({ name, weight }) => ({ title: name, weight })),
    rows: rows.map(({ studentNo, name, cells, result }) => ({
      studentNo,
      name,
      scores: cells.map(({ value, mark }) => ({ value, mark })),
      result: result.value,
      attempt,
    })),
    printedAt,
  };
}

type InScope<I> = (context: RouteContext<I>) => Promise<void>;

/** Every act on a sheet names the version it was looked at, and reaches only sheets within the scope of its permission. */
const sheetInScope: InScope<{ id: string }> = ({ register, by, input }) =>
  requireSheetInScope(register.db.reader, by, input.id);

const change = {
  command: true as const,
  versioned: 'if-match' as const,
  tags,
};

const save = defineRoute({
  ...change,
  method: 'put',
  path: '/v1/score-sheets/{id}/scores',
  permission: 'score_sheets.edit',
  input: SaveScoresInput,
  output: SheetActed,
  refuses: ['sheet_not_open', 'stale'],
  bodyLimit: 2_000_000,
  summary: { 'zh-CN': '暂存成绩', en: 'Save a draft' },
  handle: async (context) => {
    await sheetInScope(context);
    const { id: sheetId, ...rest } = context.input;
    return saveDraft(context.register, { ...context.call, input: { sheetId, ...rest } });
  },
});

const submit = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/submit',
  permission: 'score_sheets.edit',
  input: ById,
  output: SheetSubmitted,
  refuses: ['sheet_not_open', 'sheet_incomplete', 'stale'],
  summary: { 'zh-CN': '提交成绩单', en: 'Submit the whole sheet' },
  handle: async (context) => {
    await sheetInScope(context);
    return submitSheet(context.register, { ...context.call, input: { sheetId: context.input.id } });
  },
});

const accept = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/accept',
  permission: 'score_sheets.accept',
  input: ById,
  output: SheetActed,
  refuses: ['sheet_state', 'stale'],
  summary: { 'zh-CN': '接收并锁定成绩单', en: 'Accept and lock a sheet' },
  handle: async (context) => {
    await sheetInScope(context);
    return acceptSheet(context.register, { ...context.call, input: { sheetId: context.input.id } });
  },
});

const giveBack = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/return',
  permission: 'score_sheets.accept',
  input: ReturnInput,
  output: SheetActed,
  refuses: ['sheet_state', 'stale'],
  summary: { 'zh-CN': '退回成绩单', en: 'Return a sheet to its teacher' },
  handle: async (context) => {
    await sheetInScope(context);
    const { id: sheetId, reason } = context.input;
    return returnSheet(context.register, { ...context.call, input: { sheetId, reason } });
  },
});

const archive = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/archive',
  permission: 'score_sheets.accept',
  input: ById,
  output: SheetActed,
  refuses: ['sheet_state', 'stale'],
  summary: { 'zh-CN': '归档成绩单', en: 'Archive a sheet' },
  handle: async (context) => {
    await sheetInScope(context);
    return archiveSheet(context.register, { ...context.call, input: { sheetId: context.input.id } });
  },
});

const askUnlock = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/unlock-requests',
  permission: 'score_sheets.edit',
  input: UnlockInput,
  output: SheetActed,
  refuses: ['sheet_state', 'stale'],
  summary: { 'zh-CN': '申请解锁所列行', en: 'Ask for rows of a locked sheet to be opened' },
  handle: async (context) => {
    await sheetInScope(context);
    const { id: sheetId, ...rest } = context.input;
    return requestUnlock(context.register, { ...context.call, input: { sheetId, ...rest } });
  },
});

const answerUnlock = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/unlock-decisions',
  permission: 'score_sheets.accept',
  input: UnlockAnswerInput,
  output: SheetActed,
  refuses: ['sheet_state', 'stale', 'second_person_required'],
  summary: { 'zh-CN': '同意或拒绝解锁', en: 'Open the rows asked for, or refuse' },
  handle: async (context) => {
    await sheetInScope(context);
    const { id: sheetId, answer, reason } = context.input;
    const input = { sheetId, answer, ...(reason === undefined ? {} : { reason }) };
    return decideUnlock(context.register, { ...context.call, input });
  },
});

const correct = defineRoute({
  ...change,
  method: 'post',
  path: '/v1/score-sheets/{id}/corrections',
  permission: 'scores.correct',
  input: CorrectInput,
  output: ScoreCorrected,
  refuses: ['sheet_state', 'stale'],
  summary: { 'zh-CN': '更正成绩（记录原因）', en: 'Correct a score, giving a reason; both values stay' },
  handle: async (context) => {
    await sheetInScope(context);
    const { id: sheetId, ...rest } = context.input;
    return correctScore(context.register, { ...context.call, input: { sheetId, ...rest } });
  },
});

const openTermRoute = defineRoute({
  method: 'post',
  path: '/v1/terms/{id}/open',
  permission: 'score_sheets.accept',
  input: OpenTermInput,
  output: TermOpened,
  refuses: ['term_nothing_to_open'],
  command: true,
  tags,
  summary: { 'zh-CN': '开课：为各班生成成绩单', en: 'Open the offerings and sheets of a term' },
  handle: ({ register, call }) => {
    const { id: termId, teachers, dueOn } = call.input;
    return openTerm(register, { ...call, input: { termId, teachers, ...(dueOn === undefined ? {} : { dueOn }) } });
  },
});

const teachers = defineRoute({
  method: 'get',
  path: '/v1/teachers',
  permission: 'score_sheets.accept',
  input: Nothing,
  output: TeacherList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '可指定的任课教师', en: 'Who may be given a course to teach' },
  handle: ({ register, by }) => listTeachers(register, by),
});

const resit = defineRoute({
  method: 'post',
  path: '/v1/offerings/{id}/resit-sheets',
  permission: 'score_sheets.accept',
  input: OpenResitInput,
  output: ResitOpened,
  status: 201,
  refuses: ['nobody_to_resit', 'sheet_state', 'rule_not_bound', 'no_rule_for_date', 'policy_undecided'],
  command: true,
  tags,
  summary: { 'zh-CN': '开设补考成绩单', en: 'Open a resit sheet for those who have not passed' },
  handle: async ({ register, by, call }) => {
    const { id: offeringId, dueOn } = call.input;
    await requireOfferingInScope(register.db.reader, by, offeringId);
    return openResitSheet(register, { ...call, input: { offeringId, dueOn } });
  },
});

const courses = defineRoute({
  method: 'get',
  path: '/v1/courses',
  permission: 'score_sheets.read',
  input: Nothing,
  output: CourseList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '可见成绩单的课程', en: 'Courses whose sheets the reader may see' },
  handle: ({ register, by }) => listCourses(register, by),
});

const schemes = defineRoute({
  method: 'get',
  path: '/v1/courses/{id}/schemes',
  permission: 'schemes.read',
  input: ById,
  output: SchemeList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '课程的考核方案', en: 'The assessment schemes of a course' },
  handle: ({ register, by, input }) => listSchemes(register, by, input.id),
});

const newScheme = defineRoute({
  method: 'post',
  path: '/v1/courses/{id}/schemes',
  permission: 'schemes.edit',
  input: DefineSchemeInput,
  output: SchemeDefined,
  status: 201,
  refuses: ['weights_not_whole', 'scheme_outside_policy', 'rule_not_bound', 'no_rule_for_date', 'policy_undecided'],
  command: true,
  tags,
  summary: { 'zh-CN': '新的考核方案版本', en: 'A further version of the scheme' },
  handle: async ({ register, by, call }) => {
    const { id: courseId, components } = call.input;
    await requireCourseInScope(register.db.reader, by, courseId);
    const parts = components.map(({ unitId, ...rest }) => (unitId === undefined ? rest : { ...rest, unitId }));
    return defineScheme(register, { ...call, input: { courseId, components: parts } });
  },
});

export const sheetRoutes: readonly Route[] = [
  list,
  read,
  print,
  save,
  submit,
  accept,
  giveBack,
  archive,
  askUnlock,
  answerUnlock,
  correct,
  openTermRoute,
  teachers,
  resit,
  courses,
  schemes,
  newScheme,
];
